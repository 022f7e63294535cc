import { carriedServices } from '#model/instance-services.ts';
import type { Plan } from '#model/plan.ts';
import { machineOfStep, type Step } from '#model/step.ts';
import type { Machine } from '#model/inventory.ts';
import type { Inventory } from '#inventory/load.ts';
import { listenersOn } from '#products/index.ts';
import { areSides } from '#products/pairs.ts';
import { nameOf, type RunbookFacts } from '#remediations/runbook/lines.ts';
import { openPorts } from './basis.ts';

/** What must be true before the first step, each to be ticked: what `apply` would ask by itself. */
export function beforeFirstStep(
  plan: Pick<Plan, 'id' | 'changes' | 'basis' | 'unreached'>,
  { snapshot, window }: Pick<Inventory, 'snapshot' | 'window'>,
  facts: RunbookFacts,
): string[] {
  const steps = plan.changes.flatMap((change) => change.steps);
  const disturbed = snapshot.machines.filter(({ id }) =>
    steps.some((step) => 'outage' in step && machineOfStep(step) === id),
  );
  const isMet = disturbed.length > 0 || steps.some((step) => step.do === 'bind-certificate');
  const lost = plan.changes.flatMap(({ irreversible }) => irreversible);
  return [
    `The plan is still that of the world: \`uccert apply ${plan.id} --dry-run\` refuses it where something moved since it was made, or a machine or authority is not reached.`,
    ...plan.unreached.map(
      ({ what, because }) => `Now reached, as it was not when the plan was made: ${what} (${because}).`,
    ),
    'No other plan is half done on these machines: `uccert list plans`.',
    'A backup of every machine named here is at hand (Disaster Recovery System, or a snapshot where it is supported).',
    'Somebody who can sign in to every machine is there, with the passwords of the platform.',
    ...(steps.some(({ via }) => via === 'vos')
      ? [
          'On each VOS machine `set cli pagination off` is the first command of a session: a listing else stops after a page and takes the next line for its key; q ends it.',
        ]
      : []),
    ...(lost.length === 0 ? [] : [`It is agreed that this cannot be taken back: ${lost.join('; ')}.`]),
    ...(isMet ? [hourOf(window)] : []),
    ...disturbed.flatMap((machine) => agentsOf(machine, facts)),
    ...disturbed.flatMap((machine) => otherSidesOf(machine, plan, facts, snapshot.machines, steps)),
  ];
}

/** What must be seen before one step: where it takes one side of a pair away, that the other carries. */
export function beforeStep(
  step: Step,
  plan: Pick<Plan, 'basis'>,
  { snapshot }: Pick<Inventory, 'snapshot'>,
  facts: RunbookFacts,
): string[] {
  const machine = snapshot.machines.find(({ id }) => 'outage' in step && id === machineOfStep(step));
  return machine === undefined ? [] : otherSidesOf(machine, plan, facts, snapshot.machines, [step]);
}

function hourOf(window: Inventory['window']): string {
  return window === null
    ? 'The hour is agreed with those who work with the machines: the inventory names no maintenance window.'
    : `It is inside the maintenance window, ${window.from} to ${window.to} ${window.timeZone}, and will be until the last restart.`;
}

function agentsOf(machine: Machine, facts: RunbookFacts): string[] {
  const desktop = listenersOn(machine).find(({ page }) => page === '/desktop');
  if (desktop === undefined) return [];
  const origin = `https://${nameOf(machine.id, facts)}:${String(desktop.port)}`;
  return [
    `Nobody is signed in at the desktop of ${nameOf(machine.id, facts)}, or who is knows that it goes away: ${origin}/desktop, Team Performance, as each supervisor; or ${origin}/finesse/api/Users with the account of a supervisor, where who is signed in has a state other than LOGOUT.`,
  ];
}

function otherSidesOf(
  { id, type }: Machine,
  { basis }: Pick<Plan, 'basis'>,
  facts: RunbookFacts,
  machines: readonly Machine[],
  steps: readonly Step[],
): string[] {
  const services = carriedServices(steps.filter((step) => machineOfStep(step) === id));
  const inService =
    services.length === 0 ? '' : `; Unified CCE Service Control there shows ${services.join(' and ')} as Running`;
  return machines
    .filter((other) => other.id !== id && areSides(other.type, type))
    .map((other) => {
      const name = nameOf(other.id, facts);
      const side = `${name}, the other side of ${nameOf(id, facts)}, `;
      const ports = openPorts(basis, other.id);
      if (ports.length === 0) return `${side}is in service: no port of it was seen when the plan was made${inService}.`;
      return `${side}answers on ${ports.length === 1 ? 'port' : 'ports'} ${ports.join(', ')}: \`openssl s_client -connect ${name}:PORT </dev/null\` prints a certificate for each${inService}.`;
    });
}
