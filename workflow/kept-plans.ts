import { join } from 'node:path';
import { journalFile, planFolder, planStatus } from './begun-plans.ts';
import { filesLeft } from './files-left.ts';
import { Journal } from './journal.ts';
import { newestRuns, overtakenBy, type NewestRun } from './overtaken.ts';
import { listPlans, readablePlan } from './plan-store.ts';
import { requestsLeft } from './requests-left.ts';

/** A kept plan, as far as it is known without asking a machine. */
export interface KeptPlan {
  readonly id: string;
  /** How it stands. */
  readonly status: string;
  /** The titles of its changes; why it cannot be read, where it cannot. */
  readonly changes: readonly string[];
  readonly inventory: string | null;
  /** Why it can no longer be carried out or gone on with; empty where it has ended, or nothing is known against it. */
  readonly overtaken: readonly string[];
  /** Its files on machines and in the folders of people, unless somebody took them away; empty while it may be gone on with. */
  readonly left: readonly string[];
}

/** Every kept plan, the oldest first. */
export function keptPlans(stateFolder: string): KeptPlan[] {
  const newest = newestRuns(join(stateFolder, 'runs'));
  return listPlans(planFolder(stateFolder)).map((id) => keptPlan(stateFolder, id, newest));
}

/** Of a plan or a journal that is damaged nothing is known but that. */
function keptPlan(stateFolder: string, id: string, newest: NewestRun): KeptPlan {
  const plan = readablePlan(id, planFolder(stateFolder));
  const status = planStatus(stateFolder, id);
  if ('unreadable' in plan) return { id, status, changes: [plan.unreadable], inventory: null, overtaken: [], left: [] };
  const known = { id, status, changes: plan.changes.map(({ title }) => title), inventory: plan.inventory };
  const journal = Journal.readable(journalFile(stateFolder, id));
  if (journal === null) return { ...known, overtaken: [], left: [] };
  const hasEnded = journal.outcome !== null || journal.isClosed;
  const overtaken = hasEnded ? [] : overtakenBy(plan, journal, newest);
  const isWanted = !hasEnded && overtaken.length === 0;
  return { ...known, overtaken, left: isWanted ? [] : [...requestsLeft(plan, journal), ...filesLeft(plan, journal)] };
}
