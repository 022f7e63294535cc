import { Refusal } from '#model/errors.ts';
import { planDigest, type Plan } from '#model/plan.ts';

/** Throws `Refusal` where a plan is another than the one that was made, read and signed. */
export function refuseEdited(plan: Plan): void {
  if (planDigest(plan) === plan.digest) return;
  throw new Refusal({
    seen: `The plan ${plan.id} is not as uccert made it: its digest does not match.`,
    matters: 'Steps that nobody checked would be carried out on live machines.',
    todo: 'Make a new plan with uccert plan.',
  });
}
