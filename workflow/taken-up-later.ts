import type { Machine } from '#model/inventory.ts';
import type { Change } from '#model/plan.ts';
import { machineOfStep, type Step, type StepOf } from '#model/step.ts';
import type { RunbookStep } from '#model/runbook.ts';
import { stepTitle } from '#model/step-title.ts';
import { servicesOfIdentities, servicesOfStores } from '#remediations/planning/restart-steps.ts';

type Restart = Extract<Step, { do: 'restart-service' | 'restart-machine' }>;

/**
 * The restarts behind a step that take up what it changed, each with its number: what several changes restart is restarted once, behind
 * the last of them.
 */
export function takenUpBy(
  changes: readonly Pick<Change, 'steps'>[],
  at: { readonly change: number; readonly step: number },
  machineOf: (step: Step) => Machine | null,
): RunbookStep['takenUpBy'] {
  const step = changes[at.change]?.steps[at.step];
  const machine = step === undefined ? null : machineOf(step);
  if (step === undefined || machine === null) return [];
  return changes.flatMap(({ steps }, change) =>
    steps.flatMap((later, place) => {
      const isBehind = change > at.change || (change === at.change && place > at.step);
      if (!isBehind || !isRestart(later) || machineOfStep(later) !== machine.id) return [];
      if (!takesUp(later, step, machine)) return [];
      return [{ number: `${String(change + 1)}.${String(place + 1)}`, title: stepTitle(later) }];
    }),
  );
}

/** The restarts that take up whatever the plan does to a key store, each once: `1.7 (cvp2: restart Cisco CVP VXMLServer)`. */
export function restartsOfKeyStore(
  changes: readonly Pick<Change, 'steps'>[],
  { on, keyStore: { path } }: StepOf<'java', 'back-up-store'>,
  machineOf: (step: Step) => Machine | null,
): string[] {
  const restarts = changes.flatMap(({ steps }, change) =>
    steps.flatMap((step, place) =>
      step.via === 'java' && step.on === on && step.keyStore.path === path
        ? takenUpBy(changes, { change, step: place }, machineOf)
        : [],
    ),
  );
  return [...new Set(restarts.map(({ number, title }) => `${number} (${title})`))];
}

function isRestart(step: Step): step is Restart {
  return step.do === 'restart-service' || step.do === 'restart-machine';
}

function takesUp(restart: Restart, step: Step, machine: Machine): boolean {
  if (step.via === 'vos') {
    if (step.do === 'set-option') return !('outage' in step) && restart.do === 'restart-machine';
    return storesOrIdentities.has(step.do);
  }
  return restart.do === 'restart-service' && servicesThatRead(step, machine).includes(restart.service);
}

/** On a VOS machine every service that is restarted reads both anew. */
const storesOrIdentities: ReadonlySet<Step['do']> = new Set([
  'regenerate-certificate',
  'import-reply',
  'import-certificate',
  'remove-certificate',
]);

/** On Windows each service reads its own. */
function servicesThatRead(step: Step, machine: Machine): string[] {
  switch (step.do) {
    case 'generate-key-pair':
    case 'import-key-pair':
    case 'rename-alias':
    case 'import-reply':
      return step.via === 'java' && step.keyStore.apart !== true
        ? names(servicesOfIdentities(machine, [step.alias]))
        : [];
    case 'bind-certificate':
      return names(servicesOfIdentities(machine, [step.unit]));
    case 'import-certificate':
    case 'remove-certificate':
      return names(servicesOfStores(machine, [storeOf(step)]));
    default:
      return [];
  }
}

function storeOf(step: Extract<Step, { do: 'import-certificate' | 'remove-certificate' }>): string {
  return step.via === 'java' ? step.keyStore.store : step.store;
}

const names = (restarts: ReturnType<typeof servicesOfStores>): string[] => restarts.map(({ service }) => service);
