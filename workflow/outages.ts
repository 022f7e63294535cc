import type { Change, Step } from '#model/plan.ts';

/** The services a plan restarts, with what stops meanwhile: what an operator consents to. */
export function outagesOf(changes: readonly Change[]): string[] {
  return outagesOfSteps(changes.flatMap(({ steps }) => steps));
}

/** The same of steps, where a plan is gone on with or taken back. */
export function outagesOfSteps(steps: readonly Step[]): string[] {
  const lines = steps.flatMap((step) => {
    if (step.do === 'restart-service') return [`${step.on}: ${step.service} (${step.outage})`];
    return 'outage' in step ? [`${step.on}: the whole machine (${step.outage})`] : [];
  });
  return [...new Set(lines)];
}
