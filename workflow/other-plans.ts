import { existsSync, readdirSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';
import { Refusal, UsageError } from '#model/errors.ts';
import type { MachineId } from '#model/names.ts';
import type { Plan } from '#model/plan.ts';
import { machineOfStep } from '#model/step.ts';
import { loadInventory } from '#inventory/load.ts';
import { lockFolder } from './begun-plans.ts';
import { Journal } from './journal.ts';
import { carrierOf } from './lock.ts';
import { movedSince } from './left-behind.ts';
import { machinesOf } from './rests-on.ts';

/** Another plan that was begun, as its journal has it. */
interface Other {
  readonly plan: Plan;
  readonly inventory: string;
  readonly journal: Journal;
  /** How it ended; null where it has not. */
  readonly status: string | null;
  /** The machines that it shares with this plan. */
  readonly shared: readonly MachineId[];
}

/** What another plan did meanwhile, in words; null for its status where it has not ended. */
interface Since {
  readonly id: string;
  readonly status: string | null;
  readonly words: string;
  readonly journal: Journal;
}

/** Plans that have done something to the same machines since the last entry of this journal, or since the plan was made, and left it there, in words. */
export function plansSince(plan: Plan, journal: Journal): string[] {
  return plansOn(machinesOf(plan), plan, journal).map(({ words }) => words);
}

/** The same on any machines. */
export function plansOn(machines: readonly MachineId[], plan: Plan, journal: Journal): Since[] {
  const last = journal.entries.at(-1)?.at ?? plan.madeAt;
  return othersOn(machines, plan.id, dirname(journal.file))
    .filter(({ status }) => status !== 'rolled-back')
    .flatMap((other) => {
      const touched = touchedSince(other, last);
      const shared = other.shared.filter((machine) => touched.has(machine));
      if (shared.length === 0) return [];
      const status = other.status ?? (other.journal.isClosed ? 'closed half-way' : null);
      const isUnderWay =
        status === null && carrierOf(other.plan.id, lockFolder(dirname(dirname(journal.file)))) !== null;
      const did = isUnderWay ? 'is being carried out' : `was carried out (${status ?? 'half done'})`;
      const words = `${shared.join(', ')}: plan ${other.plan.id} ${did}`;
      return [{ id: other.plan.id, status, words, journal: other.journal }];
    });
}

/** The machines on which a plan began a step after that time. */
function touchedSince({ plan, journal }: Other, last: string): Set<MachineId | null> {
  const begun = journal.entries.filter((entry) => entry.event === 'step-begun' && entry.at > last);
  return new Set(
    begun.map((entry) => {
      const step = 'step' in entry ? plan.changes[entry.change]?.steps[entry.step] : undefined;
      return step === undefined ? null : machineOfStep(step);
    }),
  );
}

/** Plans that are under way, or stopped half-way, on these machines and keep another from beginning, in words. */
export async function begunOn(machines: readonly MachineId[], journals: string, locks: string): Promise<string[]> {
  const words: string[] = [];
  for (const other of halfDone(machines, null, journals)) {
    const { id } = other.plan;
    if (carrierOf(id, locks) !== null)
      words.push(
        `The plan ${id} is being carried out on ${other.shared.join(', ')}: apply refuses another until it has ended.`,
      );
    else if (await canBeGoneOnWith(other))
      words.push(
        `${inWords(other)}: apply refuses another until it is gone on with (uccert resume ${id}) or taken back (uccert roll-back ${id}).`,
      );
  }
  return words;
}

/**
 * Throws `Refusal` where another plan stopped half-way on the same machines and can be gone on with or taken back. One that cannot, as
 * the machines were changed since, stands in nobody's way: it is given back, in words.
 */
export async function refuseBesideHalfDone(plan: Plan, journals: string): Promise<string[]> {
  const others = halfDone(machinesOf(plan), plan.id, journals);
  for (const other of others) {
    if (!(await canBeGoneOnWith(other))) continue;
    throw new Refusal({
      seen: `${inWords(other)}.`,
      matters: 'Its steps and those of this plan would mix, and neither could be taken back.',
      todo: `First go on with it: uccert resume ${other.plan.id}    or take it back: uccert roll-back ${other.plan.id}`,
    });
  }
  return others.map((other) => `${inWords(other)}; the machines were changed since, so it is passed over`);
}

function halfDone(machines: readonly MachineId[], but: string | null, journals: string): Other[] {
  return othersOn(machines, but, journals).filter(
    ({ status, journal }) =>
      status === null && !journal.isClosed && journal.entries.some(({ event }) => event === 'step-begun'),
  );
}

const inWords = ({ plan, shared }: Other): string => `The plan ${plan.id} is half done on ${shared.join(', ')}`;

async function canBeGoneOnWith({ plan, journal, inventory }: Other): Promise<boolean> {
  try {
    if (plansSince(plan, journal).length > 0) return false;
    return (await movedSince(plan, journal, loadInventory(inventory))).length === 0;
  } catch (error) {
    // Without its inventory nobody can.
    if (error instanceof UsageError) return false;
    throw error;
  }
}

/** The plans that were begun on these machines, but for one. */
function othersOn(machines: readonly MachineId[], but: string | null, journals: string): Other[] {
  if (!existsSync(journals)) return [];
  const mine = new Set(machines);
  return readdirSync(journals)
    .filter((name) => name.endsWith('.jsonl') && basename(name, '.jsonl') !== but)
    .flatMap((name) => otherIn(join(journals, name), mine));
}

/** A journal that is damaged tells nothing; `uccert list plans` says so of it. */
function otherIn(file: string, mine: ReadonlySet<MachineId>): Other[] {
  const journal = Journal.readable(file);
  const first = journal?.entries[0];
  if (journal === null || first?.event !== 'begun') return [];
  const shared = machinesOf(first.plan).filter((machine) => mine.has(machine));
  const { plan, inventory } = first;
  return shared.length === 0 ? [] : [{ plan, inventory, journal, status: journal.outcome?.status ?? null, shared }];
}
