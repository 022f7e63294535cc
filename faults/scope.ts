import type { Verdict } from '#model/finding.ts';
import type { Machine } from '#model/inventory.ts';
import { productOf } from '#products/index.ts';
import { isInRange, rangeTitle } from '#products/release.ts';
import { notApplicable, type Fault } from './define-fault.ts';

/** Whether the fault is out of scope, asked once for all machines of one type and release: a fleet has thousands of them and few sorts. */
export function scopeOf(fault: Fault): (machine: Machine) => Verdict | null {
  const known = new Map<string, Verdict | null>();
  return (machine) => {
    const sort = `${machine.type} ${String(machine.release)}`;
    const before = known.get(sort);
    if (before !== undefined) return before;
    const verdict = outOfScope(fault, machine);
    known.set(sort, verdict);
    return verdict;
  };
}

function outOfScope(fault: Fault, machine: Machine): Verdict | null {
  if (fault.appliesTo === undefined) return null;
  const product = productOf(machine.type);
  const rules = fault.appliesTo.filter((rule) => rule.product === product.id);
  if (rules.length === 0) return notApplicable(`the rule is not about a ${product.title}`);
  const { release } = machine;
  const ranges = rules.map((rule) => rule.releases ?? {});
  const isIn = ranges.map((range) => isInRange(release, range));
  if (isIn.includes(true)) return null;
  if (release === null) return notApplicable('the rule depends on the release, and none was given');
  if (isIn.includes(null)) return notApplicable(`the rule depends on the release, and "${release}" is none`);
  return notApplicable(`release ${release} is outside ${ranges.map(rangeTitle).join(' or ')}`);
}
