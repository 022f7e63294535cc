import { cisco } from '#products/sources.ts';
import { certificateTitle, isSelfSigned } from '#x509/certificate.ts';
import { absent, defineFault, notApplicable, present } from '../define-fault.ts';
import { publicIssue } from '../public-issue.ts';

export const publicIssuerRequired = defineFault({
  id: 'public-issuer-required',
  category: 'path',
  title: 'Customers reach the machine from the internet, and its certificate is not from a public authority',
  titleAbsent: 'The certificate that customers meet is from a public authority',
  symptom: 'Customers cannot open the chat: their browsers stop with NET::ERR_CERT_AUTHORITY_INVALID.',
  cause: 'The certificate is self-signed or from the company\u2019s own authority, which no customer has.',
  advice: 'Have the certificate of the machine that customers reach issued by a public authority.',
  severity: 'critical',
  sources: [cisco.uccxCertificates('SocialMiner: external chat needs a publicly signed certificate')],
  judges: 'presented',
  detect({ endpoint: { machine, listener }, presented, clients }) {
    if (machine.external !== true) return notApplicable('the inventory does not say that customers reach the machine');
    if (listener !== null && !listener.audiences.includes('customers'))
      return notApplicable('customers do not open this port');
    const issue = publicIssue(presented, clients);
    // What the inventory marks decides; without a mark the certificate's own word must do.
    if (issue !== null && (issue.by === 'anchor' || !clients.some(({ isPublic }) => isPublic))) return absent;
    const { endEntity } = presented;
    return present(
      'critical',
      isSelfSigned(endEntity)
        ? `${certificateTitle(endEntity)} is self-signed`
        : `${certificateTitle(endEntity)} is from ${endEntity.issuer}, which is no anchor marked public`,
      { issuer: endEntity.issuer, policies: endEntity.policies.join(', ') || 'none' },
      endEntity.sha256,
    );
  },
});
