import { cisco, keytoolTried } from '#products/sources.ts';
import { certificateTitle } from '#x509/certificate.ts';
import { absent, defineFault, notApplicable, present } from '../define-fault.ts';
import { answersOf } from '../answers.ts';

export const requestKeyDiffers = defineFault({
  id: 'request-key-differs',
  category: 'store',
  title: 'The certificate is for another key than that of the request',
  titleAbsent: 'The certificate is for the key of the request',
  symptom: 'The upload or the import is refused: the public keys do not match.',
  cause: 'The certificate answers the request of another node, or a request that was replaced after it was sent.',
  advice:
    'Fetch the certificate that answers this request; if there is none, send the request of today and wait for its answer.',
  severity: 'major',
  sources: [cisco.cucmCaSigned('Common errors'), keytoolTried('Import of a reply for another key')],
  judges: 'file',
  detect(evidence) {
    const answers = answersOf(evidence);
    if (answers.length === 0) return notApplicable('no certificate here was said to answer a request');
    const other = answers.find(({ hasSameKey }) => !hasSameKey);
    if (other === undefined) return absent;
    const { certificate, request, path } = other;
    return present(
      'major',
      `${certificateTitle(certificate)} is for another key than ${path}`,
      {
        request: path,
        'subject of the request': request.subject,
        'subject of the certificate': certificate.subject,
        'requests given': String(evidence.requests.length),
      },
      certificate.sha256,
    );
  },
});
