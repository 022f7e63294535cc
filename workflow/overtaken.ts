import type { Plan } from '#model/plan.ts';
import type { Run } from '#model/run.ts';
import { factsOf, sharedDifference, type Fact } from './basis-difference.ts';
import { basisOf } from './basis.ts';
import type { Journal } from './journal.ts';
import { movedIn } from './left-behind.ts';
import { plansSince } from './other-plans.ts';
import { listRuns, readableRun } from './run-store.ts';

/**
 * Why a plan that has not ended can no longer be begun, or gone on with: what other plans did since, and what the newest run since saw
 * otherwise. Empty where nothing is known against it; no machine is asked.
 */
export function overtakenBy(plan: Plan, journal: Journal, runs: string): string[] {
  const others = plansSince(plan, journal);
  const run = newestRunSince(journal.entries.at(-1)?.at ?? plan.madeAt, plan.inventory, runs);
  if (run === null) return others;
  const isBegun = journal.entries.some(({ event }) => event === 'step-begun');
  const moved = isBegun ? movedIn(run, plan, journal) : sharedDifference(factsOf(plan.basis), factsIn(run));
  return [...others, ...moved.map((words) => `run ${run.id}: ${words}`)];
}

function factsIn({ observations, inventory }: Run): Map<string, Fact> {
  return factsOf(basisOf(observations, new Set(inventory.machines.map(({ id }) => id)), inventory));
}

/** The newest run of an inventory that looked at machines; null where it began before that time. */
function newestRunSince(time: string, inventory: string, runs: string): Run | null {
  // Ids begin with the time.
  const since = time.replaceAll(/[-:.Z]/g, '');
  for (const id of listRuns(runs).reverse()) {
    if (id < since) return null;
    const run = readableRun(id, runs);
    if (run?.inventory.file !== inventory || run.supposed !== undefined) continue;
    if (run.observations.length > 0) return run;
  }
  return null;
}
