import { fileRulesOf, osAdministration } from '#products/certificate-files.ts';
import { cisco } from '#products/sources.ts';
import { certificateTitle, isSelfSigned } from '#x509/certificate.ts';
import { absent, defineFault, notApplicable, present } from '../define-fault.ts';

export const pendingRequestAbsent = defineFault({
  id: 'pending-request-absent',
  category: 'store',
  title: 'The machine has no request waiting that the certificate could answer',
  titleAbsent: 'A request waits on the machine for the certificate',
  symptom: 'The upload of the reply is refused in the change window; the machine has no key that goes with it.',
  cause:
    'No request was made on this node for this purpose, or the reply to it was uploaded already, or the certificate was regenerated since: that ends the request.',
  advice:
    'Upload the reply on the node that made its request. Where none has it, generate a new request, have that signed, and upload the new reply.',
  severity: 'major',
  sources: [
    cisco.cucmCaSigned('Common errors'),
    cisco.cucmCli('One request for each purpose and server: a new one replaces the old'),
    cisco.cucmCli('That regenerating the certificate ends the request', 'inferred'),
  ],
  judges: 'reply',
  detect({ machine, path, unit, endEntities, requested, waiting, held }) {
    if (fileRulesOf(machine.type)?.by !== 'os-administration')
      return notApplicable('only Unified OS Administration answers a request that waits on the machine');
    const replaced = requested.find(({ subjectPublicKeyInfo }) =>
      waiting.every(({ request }) => request.subjectPublicKeyInfo !== subjectPublicKeyInfo),
    );
    if (replaced !== undefined) {
      const because =
        waiting.length === 0
          ? `no request waits on ${machine.id} for ${unit ?? 'any certificate'}: the answer to ${path} would be refused`
          : `the request that waits on ${machine.id} is another than ${path}: the answer to this one would be refused`;
      return present('major', because, {
        'subject of the request': replaced.subject,
        'requests that wait': waiting.map((each) => each.unit).join(', ') || 'none',
      });
    }
    if (requested.length > 0) return absent;
    const replies = endEntities.filter((certificate) => !isSelfSigned(certificate));
    if (replies.length === 0)
      return notApplicable('the file holds no certificate that an authority signed for a machine');
    const orphans = replies.filter(({ subjectPublicKeyInfo }) =>
      waiting.every(({ request }) => request.subjectPublicKeyInfo !== subjectPublicKeyInfo),
    );
    const orphan = orphans.find(({ sha256 }) => !held.includes(sha256));
    const [again] = orphans;
    if (again === undefined) return absent;
    if (orphan === undefined) {
      const because = `${machine.id} holds this certificate already, and no request waits for it: there is nothing to upload, and an upload would be refused`;
      return present('notice', because, { certificate: certificateTitle(again) }, again.sha256);
    }
    const [first, second] = waiting;
    if (first !== undefined && second === undefined)
      return notApplicable(`the request that waits for ${first.unit} is of another key: request-key-differs`);
    const because =
      first === undefined
        ? `no request waits on ${machine.id} for ${unit ?? 'any certificate'}: ${path} answers none`
        : `none of the requests that wait on ${machine.id} is of the key of ${path}`;
    return present(
      'major',
      because,
      {
        certificate: `${certificateTitle(orphan)}, SHA-256 ${orphan.sha256.slice(0, 16)}`,
        'requests that wait': waiting.map((each) => each.unit).join(', ') || 'none',
        'OS Administration says, for tomcat': osAdministration.requestAbsent.says,
      },
      orphan.sha256,
    );
  },
});
