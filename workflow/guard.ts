import { Refusal } from '#model/errors.ts';
import type { Machine } from '#model/inventory.ts';
import type { MachineId } from '#model/names.ts';
import { machineOfStep, type Plan, type Step } from '#model/plan.ts';
import type { Inventory } from '#inventory/load.ts';
import { areSides } from '#products/pairs.ts';
import { listenersOn } from '#products/index.ts';
import type { Reach } from '#remediations/actions/action.ts';
import { openPorts } from './basis.ts';
import { signedInAt } from './signed-in.ts';
import { isInWindow } from './window.ts';

/** What an operator allowed, and where the guard says what it could not ask. */
export interface Allowed {
  readonly disturbAgents: boolean;
  readonly say: (words: string) => void;
}

/** Whether people notice the step: something stops meanwhile. */
export function disturbs(step: Step): boolean {
  return 'outage' in step;
}

/**
 * What must hold before a step that people notice: the maintenance window is open, nobody is signed in at a desktop of the machine, and
 * the other side of a pair answers. Throws `Refusal`: the plan is gone on with another time.
 */
export function guardOf(
  plan: Plan,
  inventory: Inventory,
  reach: Reach,
  allowed: Allowed,
): (step: Step) => Promise<void> {
  const { machines } = inventory.snapshot;
  const asked = new Set<MachineId>();
  const further = `Go on when it is: uccert resume ${plan.id}`;

  function refuseOutsideWindow(): void {
    const { window } = inventory;
    if (window === null || isInWindow(window, new Date())) return;
    throw new Refusal({
      seen: `It is outside the maintenance window, ${window.from} to ${window.to} ${window.timeZone}.`,
      matters: 'The next step restarts what people work with.',
      todo: `${further}, or change the window in the inventory.`,
    });
  }

  async function refuseWhileSignedIn(machine: Machine): Promise<void> {
    const hasDesktop = listenersOn(machine).some(({ page }) => page === '/desktop');
    if (!hasDesktop || asked.has(machine.id) || allowed.disturbAgents) return;
    asked.add(machine.id);
    const answer = await signedInAt(machine, inventory);
    if (answer.status === 'no account') {
      allowed.say(
        `Whether agents are signed in on ${machine.id} was not asked: the inventory names no supervisor under people`,
      );
      return;
    }
    if (answer.status === 'not proved') {
      // The certificate at fault may be the one that is put right: no password goes to it, and the consent stands.
      allowed.say(`Whether agents are signed in on ${machine.id} could not be asked: ${answer.because}`);
      return;
    }
    if (answer.status === 'not asked') {
      throw new Refusal({
        seen: `Whether agents are signed in at the desktop of ${machine.id} could not be asked: ${answer.because}.`,
        matters: 'The next step takes the desktop, and with it their calls, away from those who are.',
        todo: `Look who is (Finesse, Team Performance), then: uccert resume ${plan.id} --disturb-agents`,
      });
    }
    const { names } = answer;
    if (names.length === 0) return;
    const some = names.length > 5 ? `${names.slice(0, 5).join(', ')} and others` : names.join(', ');
    throw new Refusal({
      seen: `${String(names.length)} ${names.length === 1 ? 'person is' : 'people are'} signed in at the desktop of ${machine.id}: ${some}.`,
      matters: 'The next step takes the desktop, and with it their calls, away from them.',
      todo: `Let them sign out, or let it be: uccert resume ${plan.id} --disturb-agents`,
    });
  }

  async function refuseWithoutOtherSide(machine: Machine): Promise<void> {
    for (const other of machines.filter(({ id, type }) => id !== machine.id && areSides(type, machine.type))) {
      const away: number[] = [];
      for (const port of openPorts(plan.basis, other.id)) {
        if ((await reach.presented(other.id, port)) === null) away.push(port);
      }
      if (away.length === 0) continue;
      throw new Refusal({
        seen: `${other.id}, the other side of ${machine.id}, does not answer on ${away.length === 1 ? 'port' : 'ports'} ${away.join(', ')}, where it did when the plan was made.`,
        matters: 'Both sides would be away at once.',
        todo: `Bring it back first. ${further}`,
      });
    }
  }

  return async (step) => {
    if (!disturbs(step)) return;
    refuseOutsideWindow();
    const machine = machines.find(({ id }) => id === machineOfStep(step));
    if (machine === undefined) return;
    await refuseWhileSignedIn(machine);
    await refuseWithoutOtherSide(machine);
  };
}
