import type { MachineId } from '#model/names.ts';
import type { Change, Step } from '#model/plan.ts';

/** What a plan restarts, or asks people to, with what stops meanwhile: what an operator consents to. */
export function outagesOf(changes: readonly Change[]): string[] {
  return outagesOfSteps(changes.flatMap(({ steps }) => steps));
}

/** The same of steps, where a plan is gone on with or taken back. */
export function outagesOfSteps(steps: readonly Step[]): string[] {
  const lines = steps.flatMap((step) => {
    if (step.do === 'restart-service') return [`${step.on}: ${step.service} (${step.outage})`];
    if (step.do === 'ask-operator' && step.asks.for === 'domain') return [domainSet(step.on, step.asks.domain)];
    return 'outage' in step ? [`${step.on}: the whole machine (${step.outage})`] : [];
  });
  return [...new Set(lines)];
}

function domainSet(machine: MachineId, domain: string): string {
  return `${machine}: the whole machine (set network domain restarts it, where its domain is not ${domain} yet)`;
}
