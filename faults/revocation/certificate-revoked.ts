import { rfc } from '#model/rfc.ts';
import { certificateTitle, isReadable } from '#x509/certificate.ts';
import { absent, defineFault, inconclusive, notApplicable, present } from '../define-fault.ts';

export const certificateRevoked = defineFault({
  id: 'certificate-revoked',
  category: 'revocation',
  title: 'The authority has revoked a certificate that is presented',
  titleAbsent: 'No certificate presented has been revoked',
  symptom: 'Clients that ask the authority stop with NET::ERR_CERT_REVOKED; others do not notice.',
  cause: 'The certificate was replaced or its key was lost, the authority was told, and the port still presents it.',
  advice:
    'Find out from the authority why it was revoked, request and install a new certificate with a new key, and restart.',
  severity: 'critical',
  sources: [rfc(5280, '5'), rfc(5280, '6.3')],
  judges: 'revocation',
  detect({ endpoint: { place }, revocation, presented: { list } }) {
    if (revocation.length === 0) return notApplicable('no certificate names a revocation list that HTTP leads to');
    for (const { certificate, url, answer } of revocation) {
      if (answer.status !== 'revoked') continue;
      const revoked = list.filter(isReadable).find(({ sha256 }) => sha256 === certificate);
      const title = revoked === undefined ? certificate.slice(0, 16) : certificateTitle(revoked);
      return present(
        'critical',
        `${title} was revoked at ${answer.since} (${answer.reason})`,
        { 'says so': url, since: answer.since, reason: answer.reason },
        certificate,
      );
    }
    const of = `${place.machine}:${String(place.port)}`;
    const [first, ...others] = revocation.flatMap(({ answer }) =>
      answer.status === 'unanswered' ? [{ kind: 'revocation', of, failure: answer.failure } as const] : [],
    );
    return first === undefined ? absent : inconclusive(first, ...others);
  },
});
