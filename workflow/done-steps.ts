import type { Plan } from '#model/plan.ts';
import { stepTitle } from '#model/step-title.ts';
import { actionOf } from '#remediations/actions/index.ts';
import type { Journal } from './journal.ts';
import { placedSteps } from './way-back.ts';

/** What a plan has done and not taken back, in words; what was so before it is not its doing. */
export function doneIn(plan: Pick<Plan, 'changes'>, journal: Journal): string[] {
  return placedSteps(plan)
    .filter(({ at }) => journal.was('step-begun', at) && !journal.was('step-undone', at))
    .filter(({ step, at }) => !actionOf(step).isDone(step, journal.before(at)))
    .map(
      ({ step, at }) => `${stepTitle(step)}${journal.was('step-done', at) ? '' : ' (begun, and not known to be done)'}`,
    );
}
