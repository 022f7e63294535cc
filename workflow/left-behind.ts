import type { InventorySnapshot } from '#model/inventory.ts';
import { Sha256, type MachineId } from '#model/names.ts';
import type { Plan } from '#model/plan.ts';
import { machineOfStep, type Step } from '#model/step.ts';
import type { Run } from '#model/run.ts';
import type { Inventory } from '#inventory/load.ts';
import { productOf } from '#products/index.ts';
import { beyond, differenceOf, digestsOf, factsOf, isOfFile, type Fact, type Facts } from './basis-difference.ts';
import { basisOf } from './basis.ts';
import { namedBy } from './certificate-names.ts';
import type { Journal } from './journal.ts';
import { carriedFrom, machinesOf } from './rests-on.ts';
import { lookAtStores } from './stores.ts';

/** Steps that leave every store as it was. */
const unchanging: ReadonlySet<Step['do']> = new Set([
  'obtain-reply',
  'back-up-store',
  'set-option',
  'restart-service',
  'restart-machine',
  'wait-for',
]);

/** What the stores hold that a step changed, for the journal; nothing where it changes none. `inventory`: read anew, as the files of clients change with the plan. */
export async function leftBy(step: Step, inventory: Inventory): Promise<string[]> {
  if (unchanging.has(step.do)) return [];
  const machine = machineOfStep(step);
  return machine === null ? clientLines(inventory) : storeLines(inventory, new Set([machine]));
}

/**
 * What another plan or a person moved since the last entry of the journal, a line each: stores that are not as they were left. What could not be
 * read now has not moved. In the lists of clients others may add what they like; only what the plan put there counts.
 */
export async function movedSince(plan: Plan, journal: Journal, inventory: Inventory): Promise<string[]> {
  const { observations, certificates } = await lookAtStores(inventory, restingOn(plan, inventory.snapshot));
  return movedIn({ observations, certificates, inventory: inventory.snapshot }, plan, journal);
}

/** The same by what was seen before, as a run keeps it. */
export function movedIn(
  { observations, certificates, inventory }: Pick<Run, 'observations' | 'certificates' | 'inventory'>,
  plan: Plan,
  journal: Journal,
): string[] {
  const basis = factsOf(plan.basis);
  const left = leftFacts(journal);
  const expected = new Map([...basis, ...left]);
  const stores = observations.filter(({ place }) => place.at === 'store');
  const now = factsOf(basisOf(stores, restingOn(plan, inventory), inventory));
  const halfDone = halfDoneStep(plan, journal);
  // What is being taken back is as it was, or as a step left it.
  const been = journal.isGoingBack ? valuesOf(plan, journal) : null;
  const handsOn = new Set<string>(
    inventory.machines.filter(({ type }) => productOf(type).platform === 'vos').map(({ id }) => id),
  );
  const carried = carriedBy(basis, left, now, halfDone);
  const moved = [...now].filter(([key, fact]) => {
    const was = expected.get(key);
    if (was === undefined || was.value === fact.value || isOpen(fact, halfDone)) return false;
    if (been !== null && isOnTheWay(fact, been.get(key) ?? [])) return false;
    if (fact.what.endsWith(' accepts')) return missing(added(basis.get(key), was), fact).length > 0;
    if (!fact.what.includes(' trusts in ')) return true;
    // Nodes of a cluster of VOS machines hand on what was uploaded to one of them, at a time of their own.
    return apart(was, fact).some(
      (digest) => !handsOn.has(fact.of) || !carried.some(([by, digests]) => by !== fact.of && digests.has(digest)),
    );
  });
  const keys = new Set(moved.map(([key]) => key));
  const only = (facts: Facts): Facts => new Map([...facts].filter(([key]) => keys.has(key)));
  return differenceOf(only(expected), only(now), namedBy(certificates, plan.certificates));
}

/** The machines that a plan is about and that its basis tells of. */
function restingOn(plan: Plan, { machines }: InventorySnapshot): Set<MachineId> {
  const basis = [...factsOf(plan.basis).values()];
  // What it changes, and whose certificates it carries. Others it was only made beside.
  const touched = new Set([...machinesOf(plan), ...carriedFrom(plan)]);
  return new Set(machines.map(({ id }) => id).filter((id) => touched.has(id) && basis.some(({ of }) => of === id)));
}

/** The step that was under way when the process ended: nobody knows how far it came. */
function halfDoneStep(plan: Plan, { entries }: Journal): Step | null {
  const last = entries.findLast(({ event }) => event === 'step-begun' || event === 'step-done');
  return last?.event === 'step-begun' ? (plan.changes[last.change]?.steps[last.step] ?? null) : null;
}

/** Whether a fact may be either way, as the step that changes it was under way. */
function isOpen(fact: Fact, step: Step | null): boolean {
  if (step === null || unchanging.has(step.do) || machineOfStep(step) !== fact.of) return false;
  const isOfTrust = step.do === 'import-certificate' || step.do === 'remove-certificate';
  return !isOfTrust || fact.what.includes(' trusts in ') || isOfFile(fact);
}

/** What the plan left as an identity of a machine, by its journal; null where it changed none. */
export function leftAs(journal: Journal, machine: MachineId, unit: string): Sha256 | null {
  const left = [...leftFacts(journal).values()].find(({ what }) => what === `${machine} holds as ${unit}`);
  return Sha256.safeParse(left?.value).data ?? null;
}

/** The last that was written down of each store. */
export function leftFacts({ entries }: Journal): Map<string, Fact> {
  return new Map(entries.flatMap((entry) => (entry.event === 'step-done' ? [...factsOf(entry.left ?? [])] : [])));
}

/** All that each fact has been, by the plan and its journal. */
function valuesOf(plan: Plan, { entries }: Journal): ReadonlyMap<string, readonly Fact[]> {
  const told = [plan.basis, ...entries.map((entry) => (entry.event === 'step-done' ? (entry.left ?? []) : []))];
  const facts = told.flatMap((lines) => [...factsOf(lines)]);
  return new Map([...Map.groupBy(facts, ([key]) => key)].map(([key, all]) => [key, all.map(([, fact]) => fact)]));
}

/** Whether a fact is as it was once; of a trust store, where what one step put in may stay and go by itself, whether nothing is there that never was, and all that always was. */
function isOnTheWay(now: Fact, been: readonly Fact[]): boolean {
  if (been.some(({ value }) => value === now.value)) return true;
  if (!now.what.includes(' trusts in ')) return false;
  const lists = been.map(digestsOf);
  const held = new Set(digestsOf(now));
  const everSeen = new Set(lists.flat());
  const always = (lists[0] ?? []).filter((digest) => lists.every((list) => list.includes(digest)));
  return [...held].every((digest) => everSeen.has(digest)) && always.every((digest) => held.has(digest));
}

/** The certificates that steps on a machine moved. */
function carriedBy(basis: Facts, left: Facts, now: Facts, halfDone: Step | null): [string, ReadonlySet<string>][] {
  const open = [...now].filter(([, fact]) => isOpen(fact, halfDone));
  return [...left, ...open].map(([key, fact]) => [fact.of, new Set(apart(basis.get(key), fact))]);
}

const added = (was: Fact | undefined, is: Fact): string[] => beyond(digestsOf(is), digestsOf(was));
const missing = (wanted: readonly string[], is: Fact): string[] => beyond(wanted, digestsOf(is));
const apart = (was: Fact | undefined, is: Fact): string[] => [...added(was, is), ...missing(digestsOf(was), is)];

async function storeLines(inventory: Inventory, machines: ReadonlySet<MachineId>): Promise<string[]> {
  const { observations } = await lookAtStores(inventory, machines);
  return basisOf(observations, machines, { ...inventory.snapshot, clients: [] });
}

function clientLines({ snapshot }: Inventory): string[] {
  return basisOf([], new Set(), snapshot);
}
