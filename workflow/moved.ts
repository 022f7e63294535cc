import { dirname, join } from 'node:path';
import { Refusal } from '#model/errors.ts';
import type { MachineId } from '#model/names.ts';
import type { Plan } from '#model/plan.ts';
import type { Inventory } from '#inventory/load.ts';
import { differenceOf, factsOf } from './basis-difference.ts';
import { basisDigest, basisOf } from './basis.ts';
import { namedBy } from './certificate-names.ts';
import type { Journal } from './journal.ts';
import { movedSince } from './left-behind.ts';
import { plansOn, plansSince } from './other-plans.ts';
import { refuseUnread } from './read-again.ts';
import { movedUnder } from './rests-on.ts';
import { readableRun } from './run-store.ts';
import { lookAtWire } from './scan.ts';
import { lookAtStores } from './stores.ts';

/** Before the first step: the world is as the plan was made for, as far as it rests on it. Throws `Refusal`. */
export async function refuseWhenStale(plan: Plan, journal: Journal, inventory: Inventory): Promise<void> {
  const now = await lookAgain(plan, inventory);
  if (basisDigest(now.basis) === plan.basedOn) return;
  const { then, today } = movedUnder(plan, factsOf(plan.basis), factsOf(now.basis));
  if (then.size + today.size === 0) return;
  const run = readableRun(plan.run, join(dirname(dirname(journal.file)), 'runs'));
  const nameOf = namedBy(now.certificates, plan.certificates, inventory.certificates, run?.certificates ?? {});
  const moved = new Set([...then.values(), ...today.values()].map(({ of }) => of as MachineId));
  const others = plansOn([...moved], plan, journal);
  const lines = [...others.map(({ words }) => words), ...differenceOf(then, today, nameOf)];
  const open = others.filter(({ status }) => status === null).map(({ id }) => id);
  throw new Refusal({
    seen: `The plan is stale. Since it was made this has changed:\n${lines.map((line) => `  ${line}`).join('\n')}`,
    matters: 'Its steps were made for a world that is no longer there.',
    todo: `${open.map((id) => `First end what is half done: uccert resume ${id}, or uccert roll-back ${id}. `).join('')}Take a new run and make a new plan: uccert trust, then uccert plan.`,
  });
}

/** Before going on: the world is as the plan left it; as it was planned for, where nothing was begun. Throws `Refusal`. */
export async function refuseWhenMoved(plan: Plan, journal: Journal, inventory: Inventory): Promise<void> {
  if (!journal.entries.some(({ event }) => event === 'step-begun')) await refuseWhenStale(plan, journal, inventory);
  const moved = [...plansSince(plan, journal), ...(await movedSince(plan, journal, inventory))];
  if (moved.length === 0) return;
  const isDone = journal.outcome !== null;
  throw new Refusal({
    seen: `Since the plan ${plan.id} ${isDone ? 'ended' : 'stopped'}, this was changed, by another plan or a person:\n${moved.map((line) => `  ${line}`).join('\n')}`,
    matters: isDone
      ? 'Taking it back would undo what was done since.'
      : 'What is left of its steps, and its way back, were made for a world that is no longer there.',
    todo: isDone
      ? `Leave it as it is, or take back first what was done later (uccert roll-back), then: uccert roll-back ${plan.id}`
      : `See how things stand, and make a new plan for what remains: uccert trust, then uccert plan. Where what moved is put back first, also: uccert resume ${plan.id}, or uccert roll-back ${plan.id}. To close this one as it is: uccert roll-back ${plan.id} --close`,
  });
}

/** What the plan was made for, as it is now. */
async function lookAgain(
  plan: Plan,
  inventory: Inventory,
): Promise<{ readonly basis: string[]; readonly certificates: Record<string, string> }> {
  const { snapshot, limits } = inventory;
  const named = new Set(plan.basis.map((line) => line.split(/[ :]/, 1)[0]));
  const machines = snapshot.machines.filter(({ id }) => named.has(id));
  const ids = new Set(machines.map(({ id }) => id));
  const [wire, stores] = await Promise.all([
    lookAtWire({ inventory: { ...snapshot, machines }, limits, deep: false }),
    lookAtStores(inventory, ids),
  ]);
  refuseUnread(plan.basis, stores.observations);
  return {
    basis: basisOf([...wire.observations, ...stores.observations], ids, snapshot),
    certificates: { ...wire.certificates, ...stores.certificates },
  };
}
