import type { CertificateReference } from '#model/plan.ts';

/** A certificate to be trusted, and whose it is in words. */
export interface Handed {
  readonly certificate: CertificateReference;
  readonly of: string;
}
