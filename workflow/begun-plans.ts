import { existsSync, readdirSync } from 'node:fs';
import { basename, join } from 'node:path';
import { messageOf, UsageError } from '#model/errors.ts';
import { Journal } from './journal.ts';
import { carrierOf } from './lock.ts';
import { listPlans, planWords } from './plan-store.ts';

/** The folder of journals. */
export function journalFolder(stateFolder: string): string {
  return join(stateFolder, 'journal');
}

/** The journal of a plan. */
export function journalFile(stateFolder: string, planId: string): string {
  return join(journalFolder(stateFolder), `${planId}.jsonl`);
}

/** The folder of locks. */
export function lockFolder(stateFolder: string): string {
  return join(stateFolder, 'locks');
}

/** The folder of plans. */
export function planFolder(stateFolder: string): string {
  return join(stateFolder, 'plans');
}

/** How a plan stands, in words. */
export function planStatus(stateFolder: string, planId: string): string {
  let journal: Journal;
  try {
    journal = Journal.open(journalFile(stateFolder, planId));
  } catch (error) {
    return `its journal is damaged: ${messageOf(error)}`;
  }
  const carrier = carrierOf(planId, lockFolder(stateFolder));
  if (carrier !== null) {
    const where = carrier.host === null ? '' : ` on ${carrier.host}`;
    return `running (process ${String(carrier.pid)}${where})`;
  }
  if (journal.entries.length === 0) return 'not begun';
  if (journal.isClosed) return 'closed, and left as it was';
  if (journal.outcome !== null) return journal.outcome.status.replace('-', ' ');
  return journal.isGoingBack
    ? `half taken back (uccert roll-back ${planId})`
    : `begun and not ended (uccert resume ${planId})`;
}

/** Ids of the plans that were begun, the one begun first at the front. A journal that is damaged does not say when. */
export function begunPlans(stateFolder: string): string[] {
  const folder = journalFolder(stateFolder);
  if (!existsSync(folder)) return [];
  return readdirSync(folder)
    .filter((name) => name.endsWith('.jsonl'))
    .map((name) => ({ id: basename(name, '.jsonl'), at: begunAt(join(folder, name)) }))
    .filter(({ at }) => at !== null)
    .sort((one, other) => ((one.at ?? '') < (other.at ?? '') ? -1 : 1))
    .map(({ id }) => id);
}

function begunAt(file: string): string | null {
  const first = Journal.readable(file)?.entries[0];
  return first?.event === 'begun' ? first.at : null;
}

/** As many plans are offered to who named another. */
const mostOffered = 5;

/** Throws `UsageError` where the plan was not begun: then there is nothing to go on with, or to take back. */
export function refuseUnbegun(planId: string, stateFolder: string): void {
  if (Journal.open(journalFile(stateFolder, planId)).entries[0]?.event === 'begun') return;
  if (listPlans(planFolder(stateFolder)).includes(planId)) {
    throw new UsageError({
      seen: `The plan ${planId} was not begun.`,
      matters: 'Nothing of it was done: there is nothing to go on with, and nothing to take back.',
      todo: `Carry it out: uccert apply ${planId}    Or leave it: a plan that was not begun stands in nobody's way.`,
    });
  }
  const offered = begunPlans(stateFolder).slice(-mostOffered).reverse();
  throw new UsageError({
    seen:
      offered.length === 0
        ? 'No plan was begun yet.'
        : `No plan ${planId} was begun. Those that were, the last first:\n${offered.map((id) => `  ${planLine(stateFolder, id)}`).join('\n')}`,
    matters: 'Only what was begun can be gone on with or taken back.',
    todo:
      offered.length === 0
        ? 'Carry one out first: uccert plan, then uccert apply.'
        : 'Name one of them by its id, or "last"; uccert list plans shows all.',
  });
}

/** Throws `UsageError` where the plan was closed. */
export function refuseClosed(planId: string, { isClosed }: Journal): void {
  if (!isClosed) return;
  throw new UsageError({
    seen: `The plan ${planId} was closed, and what it did left as it was.`,
    matters: 'It is neither gone on with nor taken back after that.',
    todo: 'See how things stand, and make a new plan for what remains: uccert trust, then uccert plan.',
  });
}

/** A kept plan in one line: its id, how it stands, and what it changes. */
export function planLine(stateFolder: string, id: string): string {
  return `${id}  ${planStatus(stateFolder, id)}: ${planWords(id, planFolder(stateFolder))}`;
}
