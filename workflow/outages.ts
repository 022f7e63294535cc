import type { MachineId } from '#model/names.ts';
import type { Change } from '#model/plan.ts';
import { machineOfStep, type Step } from '#model/step.ts';

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

/** What is away in all, machine by machine in the order of the steps: `uccx1 (7 services), cucm1 (the whole machine)`. Empty where nothing is. */
export function awayInAll(changes: readonly Pick<Change, 'steps'>[]): string {
  const steps = changes.flatMap((change) => change.steps).filter((step) => outagesOfSteps([step]).length > 0);
  const ofMachine = Map.groupBy(steps, (step) => machineOfStep(step));
  return [...ofMachine]
    .map(([machine, own]) => {
      const services = new Set(own.flatMap((step) => (step.do === 'restart-service' ? [step.service] : [])));
      const [only] = services;
      const isWhole = own.some(({ do: kind }) => kind !== 'restart-service');
      const some = services.size === 1 ? only : `${String(services.size)} services`;
      return `${machine ?? ''} (${isWhole ? 'the whole machine' : some})`;
    })
    .join(', ');
}

function domainSet(machine: MachineId, domain: string): string {
  return `${machine}: the whole machine (set network domain restarts it, where its domain is not ${domain} yet)`;
}
