import { rfc } from '#model/rfc.ts';
import { cisco } from '#products/sources.ts';
import { absent, defineFault, present } from '../define-fault.ts';

export const subjectAlternativeNameMissing = defineFault({
  id: 'subject-alternative-name-missing',
  category: 'identity',
  title: 'The certificate has no subjectAltName',
  titleAbsent: 'The certificate has a subjectAltName',
  symptom: 'Browsers stop with NET::ERR_CERT_COMMON_NAME_INVALID and speak of [missing_subjectAltName].',
  cause:
    'The certificate was made by an old release or from a request without subjectAltName; browsers have not looked at the common name since Chrome 58.',
  advice:
    'Have a certificate with the FQDN as dNSName signed by your authority, or regenerate it on a release that writes one.',
  severity: 'critical',
  sources: [rfc(9525, '2'), cisco.uccxCertificates('NET::ERR_CERT_COMMON_NAME_INVALID')],
  judges: 'presented',
  detect({ presented: { endEntity } }) {
    if (endEntity.subjectAltName !== null) return absent;
    return present(
      'critical',
      'the certificate names its machine in the common name only',
      { subject: endEntity.subject },
      endEntity.sha256,
    );
  },
});
