import type { Change } from '#model/plan.ts';
import { machineOfStep, type Step } from '#model/step.ts';
import { onceOnly } from './each-once.ts';

type Place = NonNullable<Change['needs']>[number];

/**
 * The changes of a plan, each with the steps that it was drafted with and that stand under another now. What a change lost altogether with its
 * steps is looked for with the change that clears its targets.
 */
export function withNeeds(drafted: readonly Change[], changes: readonly Change[]): Change[] {
  const places = new Map<string, Place>();
  for (const [at, { steps }] of changes.entries())
    for (const [place, step] of steps.entries()) places.set(keyOf(step), { change: at, step: place });
  return changes.map((change, at) => {
    const own = drafted.filter(({ targets }) => targets.some((target) => change.targets.includes(target)));
    const there = new Set(change.steps.map(keyOf));
    const gone = own.flatMap(({ steps }) => steps.filter((step) => !there.has(keyOf(step))));
    const found = gone.flatMap((step) => places.get(keyOf(step)) ?? rebootOf(step, places));
    const needs = [...new Set(found)].filter((place) => place.change !== at);
    const inOrder = needs.sort((one, other) => one.change - other.change || one.step - other.step);
    return inOrder.length === 0 ? change : { ...change, needs: inOrder };
  });
}

/** What tells a step from all others of a plan, however its ports were put together. */
function keyOf(step: Step): string {
  if (step.do === 'restart-service') return `restart ${step.on} ${step.service}`;
  if (step.do === 'wait-for') return `wait ${step.on} ${step.unit}`;
  if (step.do === 'restart-machine') return rebootKey(step);
  return onceOnly(step) ?? JSON.stringify(step);
}

const rebootKey = (step: Step): string => `reboot ${machineOfStep(step) ?? ''}`;

/** A restart that the reboot of its machine stands for. */
function rebootOf(step: Step, places: ReadonlyMap<string, Place>): Place | [] {
  return step.do === 'restart-service' ? (places.get(rebootKey(step)) ?? []) : [];
}
