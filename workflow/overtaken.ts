import type { MachineId } from '#model/names.ts';
import type { Plan } from '#model/plan.ts';
import type { Run } from '#model/run.ts';
import { differenceOf, factsOf, shared, type Facts } from './basis-difference.ts';
import { basisOf } from './basis.ts';
import { namedBy } from './certificate-names.ts';
import type { Journal } from './journal.ts';
import { leftFacts, movedIn } from './left-behind.ts';
import { plansOn, plansSince } from './other-plans.ts';
import { machinesOf, movedUnder } from './rests-on.ts';
import { listRuns, readableRun } from './run-store.ts';

/**
 * Why a plan that has not ended can no longer be begun, or gone on with: what other plans did since, and what the newest run since saw
 * otherwise. Empty where nothing is known against it; no machine is asked.
 */
export function overtakenBy(plan: Plan, journal: Journal, newest: NewestRun): string[] {
  const isBegun = journal.entries.some(({ event }) => event === 'step-begun');
  const others = isBegun ? plansSince(plan, journal) : plansBeneath(plan, journal);
  const run = newest(plan.inventory, journal.entries.at(-1)?.at ?? plan.madeAt);
  if (run === null) return others;
  const moved = isBegun ? movedIn(run, plan, journal) : movedSinceMade(run, plan);
  return [...others, ...moved.map((words) => `run ${run.id}: ${words}`)];
}

/** Plans that changed the same machines since, or on another what this one rests on, by what they wrote down of it. */
function plansBeneath(plan: Plan, journal: Journal): string[] {
  const basis = factsOf(plan.basis);
  const beside = [...new Set([...basis.values()].map(({ of }) => of as MachineId))];
  const onSame = plansOn(machinesOf(plan), plan, journal);
  const moving = plansOn(beside, plan, journal)
    .filter(({ id }) => onSame.every((other) => other.id !== id))
    .filter((other) => {
      const known = shared(basis, leftFacts(other.journal));
      return movedUnder(plan, known.then, known.today).today.size > 0;
    });
  return [...onSame, ...moving].map(({ words }) => words);
}

function movedSinceMade(run: Run, plan: Plan): string[] {
  const known = shared(factsOf(plan.basis), factsIn(run));
  const { then, today } = movedUnder(plan, known.then, known.today);
  return differenceOf(then, today, namedBy(run.certificates, plan.certificates));
}

function factsIn({ observations, inventory }: Run): Facts {
  return factsOf(basisOf(observations, new Set(inventory.machines.map(({ id }) => id)), inventory));
}

/** The newest run of an inventory that looked at machines; null where it began before that time. */
export type NewestRun = (inventory: string, since: string) => Run | null;

/** Looks for them in a folder of runs, and reads each once. */
export function newestRuns(runs: string): NewestRun {
  const ids = listRuns(runs).reverse();
  const read = new Map<string, Run | null>();
  return (inventory, since) => {
    // Ids begin with the time.
    const first = since.replaceAll(/[-:.Z]/g, '');
    for (const id of ids) {
      if (id < first) return null;
      if (!read.has(id)) read.set(id, readableRun(id, runs));
      const run = read.get(id) ?? null;
      if (run?.inventory.file !== inventory || run.supposed !== undefined) continue;
      if (run.observations.length > 0) return run;
    }
    return null;
  };
}
