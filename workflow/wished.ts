import { UsageError } from '#model/errors.ts';
import { subjectMachine, type PresentFinding } from '#model/finding.ts';
import type { Inventory } from '#inventory/load.ts';

/** What a plan is wanted for: all that was found, where nothing is named. */
export interface Wish {
  readonly machines?: readonly string[];
  readonly faults?: readonly string[];
}

/** Why something is in no change of such a plan. */
export const notWished = 'the plan was asked for other machines or faults only';

/** What of the findings is wanted, and what is left. Throws `UsageError` where a name stands for nothing. */
export function wished(
  found: readonly PresentFinding[],
  { machines = [], faults = [] }: Wish,
  { snapshot }: Inventory,
): { readonly found: readonly PresentFinding[]; readonly left: readonly PresentFinding[] } {
  const known = snapshot.machines.map(({ id }): string => id);
  const foundFaults = [...new Set(found.map(({ fault }) => fault))];
  refuseUnknown(machines, known, 'a machine of the inventory');
  refuseUnknown(faults, foundFaults, 'a fault that the run found');
  const isWanted = ({ fault, subject }: PresentFinding): boolean =>
    (machines.length === 0 || machines.includes(subjectMachine(subject) ?? '')) &&
    (faults.length === 0 || faults.includes(fault));
  return { found: found.filter(isWanted), left: found.filter((finding) => !isWanted(finding)) };
}

function refuseUnknown(named: readonly string[], known: readonly string[], what: string): void {
  const unknown = named.filter((name) => !known.includes(name));
  if (unknown.length === 0) return;
  throw new UsageError({
    seen: `${unknown.join(', ')} is not ${what}.`,
    matters: 'A plan for nothing would look as if all were well.',
    todo: known.length === 0 ? 'There is none.' : `There are: ${known.join(', ')}.`,
  });
}
