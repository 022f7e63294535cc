import type { Present } from '#model/finding.ts';
import { rfc } from '#model/rfc.ts';
import { cisco } from '#products/sources.ts';
import { isSelfSigned } from '#x509/certificate.ts';
import {
  absent,
  advised,
  defineFault,
  inconclusive,
  notApplicable,
  present,
  type ClientTrust,
  type Presenter,
} from '../define-fault.ts';

const sign =
  'request it on the machine, have an authority sign it, upload root and intermediates, then the certificate, and restart what presents it';
const handOut =
  'give it to every PC (uccert bundle makes what group policy and Firefox take) and to the trust store of every machine that relies on it (uccert trust names them)';
const ask = 'ask who runs the port, and compare the fingerprint there before anybody accepts it';

/** What to do in the three cases: it was to be signed; it is what the product made for itself; nobody says where it is from. */
function adviceFor({ machine, listener }: Presenter, clients: readonly ClientTrust[]): string {
  if (machine.certificates === 'ca-signed')
    return `The inventory says ca-signed: ${sign}. Where self-signed is meant after all, say so in the inventory and ${handOut}.`;
  // The installer of each product makes one for every identity that it is documented to have.
  if (listener?.presents != null)
    return `Such a machine makes this certificate for itself, and ${clients.map(({ id }) => id).join(', ')} was not given it. Either ${handOut}; or have it signed: ${sign}, and write certificates: ca-signed into the inventory.`;
  return `No document says that this port has a certificate of its own making: ${ask}. Then exchange it for one of an authority that the clients know, or give it to the clients.`;
}

export const selfSignedCertificate = defineFault({
  id: 'self-signed-certificate',
  category: 'path',
  title: 'A self-signed certificate was meant to be signed, or was given to nobody who opens the port',
  titleAbsent: 'The machine presents the kind of certificate it should',
  symptom:
    'Browsers stop with NET::ERR_CERT_AUTHORITY_INVALID, or agents are asked to accept the certificate port by port.',
  cause:
    'The signed certificate was never uploaded, was overwritten by a regeneration, or its service was not restarted; or no PC was given the self-signed one.',
  advice: `Where the certificate was to be signed: ${sign}. Where self-signed is as installed: ${handOut}. Where nobody knows it: ${ask}.`,
  severity: 'major',
  sources: [cisco.uccxCertificates('Self-signed certificates'), rfc(5280, '3.2')],
  judges: 'presented',
  detect(seen) {
    const { endEntity } = seen.presented;
    if (!isSelfSigned(endEntity)) return absent;
    const { endpoint, clients } = seen;
    const evidence = { subject: endEntity.subject, 'signature verifies with': 'its own key' };
    const found = (because: string, more: Readonly<Record<string, string>> = {}): Present =>
      advised(adviceFor(endpoint, clients), present('major', because, { ...evidence, ...more }, endEntity.sha256));
    if (endpoint.machine.certificates === 'ca-signed')
      return found('the inventory says ca-signed, the certificate is self-signed');
    if (clients.length === 0) return notApplicable('no client profile opens this port, and self-signed is as meant');
    const accepts = ({ accepted, anchors }: (typeof clients)[number]): boolean =>
      accepted.has(endEntity.sha256) || anchors.some((anchor) => anchor.sha256 === endEntity.sha256);
    if (clients.some(accepts)) return absent;
    const unread = clients.find((client) => client.unread !== null)?.unread ?? null;
    if (unread !== null) return inconclusive(unread);
    const names = clients.map(({ id }) => id).join(', ');
    return found('the certificate is self-signed, and no client accepts it', { clients: names });
  },
});
