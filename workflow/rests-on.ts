import { subjectMachine } from '#model/subject.ts';
import type { MachineId } from '#model/names.ts';
import type { Change } from '#model/plan.ts';
import type { Step } from '#model/step.ts';
import { beyond, digestsOf, isOfFile, type Fact, type Facts } from './basis-difference.ts';

/** A plan, or what it is going to be. */
interface Changes {
  readonly changes: readonly Pick<Change, 'steps' | 'targets'>[];
}

/** The machines that the steps of a plan change or wait for. */
export function machinesOf({ changes }: Changes): MachineId[] {
  return [...new Set(stepsOf(changes).flatMap((step) => ('on' in step ? [step.on] : [])))];
}

/** The machines whose certificates its steps carry to others. */
export function carriedFrom({ changes }: Changes): MachineId[] {
  return stepsOf(changes).flatMap((step) =>
    'certificate' in step && step.certificate.from !== 'plan' ? [step.certificate.machine] : [],
  );
}

/** The machines that present what it is to put right. */
export function presentersIn({ changes }: Changes): MachineId[] {
  return changes.flatMap(({ targets }) =>
    targets.flatMap(
      ({ subject }) => (subject.scope === 'trust-relation' ? subject.presenter : subjectMachine(subject)) ?? [],
    ),
  );
}

/**
 * The facts that a plan was made for and that are otherwise, then and now. Of a machine that it changes every one counts; of one that only
 * presents, what it presents and holds; of those that rely on them what they trusted then, and of clients what they accepted of these: others may add to that what they like.
 */
export function movedUnder(plan: Changes, then: Facts, now: Facts): { readonly then: Facts; readonly today: Facts } {
  const changed = new Set<string>(machinesOf(plan));
  const presents = new Set<string>([...changed, ...carriedFrom(plan), ...presentersIn(plan)]);
  const ofOwn = [...then.values()].filter(({ of, what }) => presents.has(of) && !what.includes(' trusts in '));
  const own = new Set(ofOwn.flatMap(digestsOf));
  const counts = (was: Fact | undefined, is: Fact | undefined): boolean => {
    const fact = was ?? is;
    if (fact === undefined || was?.value === is?.value) return false;
    // Plans of before did not note it.
    if (isOfFile(fact)) return changed.has(fact.of) && was !== undefined && is !== undefined;
    if (changed.has(fact.of)) return true;
    const lost = beyond(digestsOf(was), digestsOf(is));
    if (fact.what.endsWith(' accepts')) return lost.some((digest) => own.has(digest));
    if (fact.what.includes(' trusts in ')) return lost.length > 0;
    return presents.has(fact.of);
  };
  const keys = new Set([...then.keys(), ...now.keys()].filter((key) => counts(then.get(key), now.get(key))));
  const only = (facts: Facts): Facts => new Map([...facts].filter(([key]) => keys.has(key)));
  return { then: only(then), today: only(now) };
}

function stepsOf(changes: readonly Pick<Change, 'steps'>[]): Step[] {
  return changes.flatMap(({ steps }) => steps);
}
