import { UsageError } from '#model/errors.ts';
import type { PresentFinding } from '#model/finding.ts';
import { subjectMachine } from '#model/subject.ts';
import type { Machine } from '#model/inventory.ts';
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
  const named = machines.map((name) => idOf(name, snapshot.machines));
  const foundFaults = [...new Set(found.map(({ fault }) => fault))];
  refuseUnknown(named, known, 'a machine of the inventory');
  refuseUnknown(faults, foundFaults, 'a fault that the run found');
  const isWanted = ({ fault, subject }: PresentFinding): boolean =>
    (named.length === 0 || named.includes(subjectMachine(subject) ?? '')) &&
    (faults.length === 0 || faults.includes(fault));
  return { found: found.filter(isWanted), left: found.filter((finding) => !isWanted(finding)) };
}

/** The id of a machine that is named by it or by its FQDN, in whatever case (RFC 4343); the name itself where it is of none. */
function idOf(name: string, machines: readonly Machine[]): string {
  const lower = name.toLowerCase();
  return machines.find(({ id, fqdn }) => id.toLowerCase() === lower || fqdn?.toLowerCase() === lower)?.id ?? name;
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
