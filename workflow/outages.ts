import type { Change } from '#model/plan.ts';

/** The services a plan restarts, with what stops meanwhile: what an operator consents to. */
export function outagesOf(changes: readonly Change[]): string[] {
  const lines = changes.flatMap(({ steps }) =>
    steps.flatMap((step) => {
      if (step.do === 'restart-service') return [`${step.on}: ${step.service} (${step.outage})`];
      return 'outage' in step ? [`${step.on}: the whole machine (${step.outage})`] : [];
    }),
  );
  return [...new Set(lines)];
}
