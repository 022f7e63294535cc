import type { Fault } from '#faults/define-fault.ts';
import { leftToPeople } from '#remediations/left-to-people.ts';

/** Why no remediation is for a fault. */
export function whyNoFix({ id, judges }: Pick<Fault, 'id' | 'judges'>): string {
  const left = leftToPeople.get(id)?.because;
  if (left !== undefined) return left;
  return judges === 'page'
    ? 'it is what a browser makes of other faults, and goes with them; a plan names theirs'
    : 'it is about a file, not about a machine';
}
