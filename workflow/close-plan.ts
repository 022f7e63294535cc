import { Refusal } from '#model/errors.ts';
import { refuseEnded } from './apply.ts';
import { journalFile, lockFolder, planStatus, refuseClosed, refuseUnbegun } from './begun-plans.ts';
import { doneIn } from './done-steps.ts';
import { Journal } from './journal.ts';
import { carrierOf } from './lock.ts';

/** Closes a plan that nobody will go on with or take back: what it did stays, and it stands in nobody's way. Asks no machine. */
export function closePlan(planId: string, stateFolder: string): void {
  openPlan(planId, stateFolder).write({ event: 'closed' });
}

/** What a plan has done that would stay, in words; what was so before it is not its doing. Throws `UsageError` or `Refusal` where it cannot be closed. */
export function doneSteps(planId: string, stateFolder: string): string[] {
  const journal = openPlan(planId, stateFolder);
  const [first] = journal.entries;
  if (first?.event !== 'begun') return [];
  return doneIn(first.plan, journal);
}

/** The journal of a plan that was begun, has not ended, and is carried out by nobody. */
function openPlan(planId: string, stateFolder: string): Journal {
  refuseUnbegun(planId, stateFolder);
  const journal = Journal.open(journalFile(stateFolder, planId));
  refuseEnded(planId, journal);
  refuseClosed(planId, journal);
  if (carrierOf(planId, lockFolder(stateFolder)) === null) return journal;
  throw new Refusal({
    seen: `The plan ${planId} is carried out now: ${planStatus(stateFolder, planId)}.`,
    matters: 'It would go on, closed or not.',
    todo: 'Let that process end, or stop it with Ctrl-C, which lets the step under way end first.',
  });
}
