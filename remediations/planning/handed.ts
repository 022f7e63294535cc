import type { Sha256 } from '#model/names.ts';
import type { CertificateReference } from '#model/step.ts';
import { certificateTitle } from '#x509/certificate.ts';
import { buildPath } from '#x509/path.ts';
import type { PlanningFacts } from '../define-remediation.ts';

/** A certificate to be trusted, and whose it is in words. */
export interface Handed {
  readonly certificate: CertificateReference;
  readonly of: string;
}

/** Authorities, each by its own name: several machines have the same ones above them, and need them once. */
export function handedAuthorities(chain: readonly Sha256[], facts: Pick<PlanningFacts, 'certificate'>): Handed[] {
  return chain.map((sha256) => {
    const certificate = facts.certificate(sha256);
    const of = certificate === null ? sha256.slice(0, 16) : certificateTitle(certificate);
    return { certificate: { from: 'plan', sha256 }, of };
  });
}

/** Which of them a store that holds these is to be given. */
export type Lacking = (
  held: readonly Sha256[],
  handed: readonly Handed[],
  facts: Pick<PlanningFacts, 'certificate'>,
) => readonly Handed[];

/** All that it does not hold. */
export const notHeld: Lacking = (held, handed) =>
  handed.filter(({ certificate }) => certificate.from !== 'plan' || !held.includes(certificate.sha256));

/**
 * What it lacks to trust a presenter that sends its intermediates, as it has to (RFC 8446 section 4.4.2): nothing that stands below an
 * authority which it holds.
 */
export const notTrusted: Lacking = (held, handed, facts) => {
  const known = ({ certificate }: Handed) =>
    certificate.from === 'plan' ? facts.certificate(certificate.sha256) : null;
  const chain = handed.flatMap((each) => known(each) ?? []);
  const anchors = chain.filter(({ sha256 }) => held.includes(sha256));
  return handed.filter((each) => {
    const own = known(each);
    return own === null || buildPath(own, chain, anchors).status !== 'anchored';
  });
};
