import type { Verdict } from '#model/finding.ts';
import type { Certificate } from '#x509/certificate.ts';
import { notApplicable, type StoredIdentity } from './define-fault.ts';

/** How a presented certificate stands to the store: one answer, so that one cause is one finding. */
export type Difference =
  | { readonly is: 'none'; readonly verdict: Verdict | null }
  /** The port presents what the store held before. */
  | { readonly is: 'previous'; readonly stored: Certificate; readonly verdict: null }
  /** The port presents what has another name, or is newer than what the store holds. */
  | { readonly is: 'other'; readonly stored: Certificate; readonly verdict: null };

/** Compares what a port presents with the store of its machine. */
export function differenceOf({ presented: { endEntity }, unit, stored, elsewhere }: StoredIdentity): Difference {
  const isStored = ({ sha256 }: Certificate): boolean => stored.some((each) => each.sha256 === sha256);
  if (isStored(endEntity)) return { is: 'none', verdict: null };
  // RSA is compared with RSA where the store has both.
  const counterpart = stored.find(({ publicKey }) => publicKey.type === endEntity.publicKey.type) ?? stored[0];
  if (counterpart === undefined)
    return { is: 'none', verdict: notApplicable(`the store has no certificate for ${unit}`) };
  if (elsewhere.some(isStored)) {
    const because =
      'other ports present what the store holds: ports-present-different-certificates names those that lag behind';
    return { is: 'none', verdict: notApplicable(because) };
  }
  const isPrevious = endEntity.subjectName === counterpart.subjectName && endEntity.notBefore <= counterpart.notBefore;
  return { is: isPrevious ? 'previous' : 'other', stored: counterpart, verdict: null };
}
