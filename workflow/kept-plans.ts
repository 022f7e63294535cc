import { join } from 'node:path';
import { journalFile, planFolder, planStatus } from './begun-plans.ts';
import { filesLeft } from './files-left.ts';
import { Journal } from './journal.ts';
import { overtakenBy } from './overtaken.ts';
import { listPlans, planWords, readablePlan } from './plan-store.ts';
import { requestsLeft } from './requests-left.ts';

/** A kept plan, as far as it is known without asking a machine. */
export interface KeptPlan {
  readonly id: string;
  /** How it stands. */
  readonly status: string;
  /** What it changes, and for which inventory. */
  readonly words: string;
  /** Why it can no longer be carried out or gone on with; empty where it has ended, or nothing is known against it. */
  readonly overtaken: readonly string[];
  /** Its files on machines and in the folders of people, unless somebody took them away; empty while it may be gone on with. */
  readonly left: readonly string[];
}

/** Every kept plan, the oldest first. */
export function keptPlans(stateFolder: string): KeptPlan[] {
  const plans = planFolder(stateFolder);
  return listPlans(plans).map((id) => ({
    id,
    status: planStatus(stateFolder, id),
    words: planWords(id, plans),
    ...looseEnds(stateFolder, id),
  }));
}

/** Of a plan or a journal that is damaged nothing is known, as its status or its words say. */
function looseEnds(stateFolder: string, id: string): Pick<KeptPlan, 'overtaken' | 'left'> {
  const plan = readablePlan(id, planFolder(stateFolder));
  const journal = Journal.readable(journalFile(stateFolder, id));
  if (plan === null || journal === null) return { overtaken: [], left: [] };
  const hasEnded = journal.outcome !== null || journal.isClosed;
  const overtaken = hasEnded ? [] : overtakenBy(plan, journal, join(stateFolder, 'runs'));
  const isWanted = !hasEnded && overtaken.length === 0;
  return { overtaken, left: isWanted ? [] : [...requestsLeft(plan, journal), ...filesLeft(plan, journal)] };
}
