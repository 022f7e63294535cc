import { rfc } from '#model/source.ts';
import { cisco } from '#products/sources.ts';
import { isSelfSigned } from '#x509/certificate.ts';
import { absent, defineFault, inconclusive, notApplicable, present } from '../define-fault.ts';

export const selfSignedCertificate = defineFault({
  id: 'self-signed-certificate',
  category: 'path',
  title: 'The machine presents a self-signed certificate where it should not',
  titleAbsent: 'The machine presents the kind of certificate it should',
  symptom:
    'Browsers stop with NET::ERR_CERT_AUTHORITY_INVALID, or agents are asked to accept the certificate port by port.',
  cause:
    'The signed certificate was never uploaded, was overwritten by a regeneration, or its service was not restarted; or no PC was given the self-signed one.',
  advice:
    'Where the certificate was to be signed by an authority: request, sign, upload, restart. Where self-signed is meant: hand it to every PC and every machine that relies on it.',
  severity: 'major',
  sources: [cisco.uccxCertificates('Self-signed certificates'), rfc(5280, '3.2')],
  judges: 'presented',
  detect({ endpoint: { machine }, presented: { endEntity }, clients }) {
    if (!isSelfSigned(endEntity)) return absent;
    const evidence = { subject: endEntity.subject, 'signature verifies with': 'its own key' };
    if (machine.certificates === 'ca-signed') {
      return present(
        'major',
        'the inventory says ca-signed, the certificate is self-signed',
        evidence,
        endEntity.sha256,
      );
    }
    if (clients.length === 0) return notApplicable('no client profile opens this port, and self-signed is as meant');
    const accepts = ({ accepted, anchors }: (typeof clients)[number]): boolean =>
      accepted.has(endEntity.sha256) || anchors.some((anchor) => anchor.sha256 === endEntity.sha256);
    if (clients.some(accepts)) return absent;
    const unread = clients.find((client) => client.unread !== null)?.unread ?? null;
    if (unread !== null) return inconclusive(unread);
    const names = clients.map(({ id }) => id).join(', ');
    return present(
      'major',
      `the certificate is self-signed, and no client accepts it`,
      { ...evidence, clients: names },
      endEntity.sha256,
    );
  },
});
