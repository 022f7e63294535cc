import type { Plan } from '#model/plan.ts';
import { machineOfStep, type Step, type StepOf } from '#model/step.ts';
import type { Inventory } from '#inventory/load.ts';
import { placedSteps, type Placed } from './way-back.ts';

/** The steps of a plan in the order they are carried out: where several answers are wanted, all requests are made first, so that one round of signing does. */
export function stepsInOrder(plan: Pick<Plan, 'changes'>): Placed[] {
  const steps = placedSteps(plan);
  if (repliesWanted(plan).length < 2) return steps;
  const first = steps.filter(
    (placed, at) => isOfRequest(placed, steps) && !isNamedByPeople(placed, steps.slice(0, at)),
  );
  return [...first, ...steps.filter((placed) => !first.includes(placed))];
}

/** The answers that a plan waits for. */
export function repliesWanted({ changes }: Pick<Plan, 'changes'>): StepOf<'here', 'obtain-reply'>[] {
  return changes.flatMap(({ steps }) => steps.filter((step) => step.do === 'obtain-reply'));
}

/** A request, or the key for one where that is made before it: neither is presented by anybody, unless the key is made where services read it. */
function isOfRequest({ step, at }: Placed, steps: readonly Placed[]): boolean {
  if (step.via === 'java' && step.keyStore.apart !== true) return false;
  if (step.do === 'generate-request') return true;
  if (step.do !== 'generate-key-pair' || step.via !== 'java') return false;
  return steps.some(
    ({ step: later, at: { change } }) =>
      change === at.change && later.do === 'generate-request' && later.via === 'java' && later.alias === step.alias,
  );
}

/** Whether a person is asked before it for what the request names, as its domain. */
function isNamedByPeople({ step }: Placed, earlier: readonly Placed[]): boolean {
  return earlier.some((other) => other.step.do === 'ask-operator' && machineOfStep(other.step) === machineOfStep(step));
}

/** Whether somebody was asked who may have taken days. */
export function mayTakeDays(step: Step, inventory: Inventory): boolean {
  return step.do === 'ask-operator' || (step.do === 'obtain-reply' && isAnsweredByPeople(step.authority, inventory));
}

/** A web enrolment may leave a request to its manager. */
export function isAnsweredByPeople(authority: string, { authorities }: Inventory): boolean {
  return authorities.some(({ name, kind }) => name === authority && (kind === 'manual' || kind === 'adcs'));
}
