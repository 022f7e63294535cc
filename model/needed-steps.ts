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

/** In one line: `step 4 of change 2, uccx1: restart Cisco Tomcat`. */
export function neededWords({ change, step, title }: NeededStep): string {
  return `step ${String(step)} of change ${String(change)}, ${title}`;
}
