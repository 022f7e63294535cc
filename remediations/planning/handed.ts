import type { Sha256 } from '#model/names.ts';
import type { CertificateReference } from '#model/plan.ts';
import { certificateTitle } from '#x509/certificate.ts';
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
