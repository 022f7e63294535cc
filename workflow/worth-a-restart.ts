import type { PresentFinding } from '#model/finding.ts';
import { subjectKey } from '#model/subject.ts';
import type { Change, Plan } from '#model/plan.ts';

/**
 * Without changes that clear nothing but notices and take something away for it, where others clear more: nothing stops for a notice, and
 * people would miss a service for its sake. They are named among what is not in the plan.
 */
export function worthARestart(
  changes: readonly Change[],
  found: readonly PresentFinding[],
): { readonly worth: readonly Change[]; readonly left: Plan['notCovered'] } {
  const notices = new Set(
    found.filter(({ verdict }) => verdict.severity === 'notice').map(({ fault, subject }) => keyOf({ fault, subject })),
  );
  const isWorthIt = ({ targets, steps }: Change): boolean =>
    steps.every((step) => !('outage' in step)) || targets.some((target) => !notices.has(keyOf(target)));
  const worth = changes.filter(isWorthIt);
  if (worth.length === 0) return { worth: changes, left: [] };
  const left = changes
    .filter((change) => !worth.includes(change))
    .flatMap(({ targets }) =>
      targets.map(({ fault, subject }) => ({
        fault,
        subject,
        because: 'a notice: nothing stops for it, and putting it right restarts services',
        todo: `To have it put right all the same: uccert plan --fault ${fault}.`,
      })),
    );
  return { worth, left };
}

function keyOf({ fault, subject }: Pick<PresentFinding, 'fault' | 'subject'>): string {
  return `${fault} ${subjectKey(subject)}`;
}
