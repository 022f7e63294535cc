import type { Change, Plan } from './plan.ts';
import { stepTitle } from './step-title.ts';

/** A step of another change that a change needs, for people: numbers from one. */
export interface NeededStep {
  readonly change: number;
  readonly step: number;
  readonly title: string;
}

/** The steps of other changes that a change of these needs, in order. */
export function neededSteps({ needs = [] }: Pick<Change, 'needs'>, changes: Plan['changes']): NeededStep[] {
  return needs.flatMap(({ change, step: place }) => {
    const step = changes[change]?.steps[place];
    return step === undefined ? [] : [{ change: change + 1, step: place + 1, title: stepTitle(step) }];
  });
}

/** By numbers, a line for each other change: `steps 7-16, 18 of change 2`. */
export function neededWords(needed: readonly NeededStep[]): string[] {
  return [...Map.groupBy(needed, ({ change }) => change)].map(([change, steps]) => {
    const ranges: [number, number][] = [];
    for (const { step } of steps) {
      const last = ranges.at(-1);
      if (last?.[1] === step - 1) last[1] = step;
      else ranges.push([step, step]);
    }
    const numbers = ranges.map(([first, last]) =>
      first === last ? String(first) : `${String(first)}-${String(last)}`,
    );
    return `${steps.length === 1 ? 'step' : 'steps'} ${numbers.join(', ')} of change ${String(change)}`;
  });
}
