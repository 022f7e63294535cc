import { messageOf, Refusal } from '#model/errors.ts';
import { carriedServices } from '#model/instance-services.ts';
import type { Machine } from '#model/inventory.ts';
import type { MachineId } from '#model/names.ts';
import type { Plan } from '#model/plan.ts';
import { machineOfStep, type Step } from '#model/step.ts';
import { stepTitle } from '#model/step-title.ts';
import type { Inventory } from '#inventory/load.ts';
import { areSides } from '#products/pairs.ts';
import { listenersOn } from '#products/index.ts';
import { stoppedOfInstance } from '#transports/windows-services.ts';
import type { Reach } from '#remediations/actions/action.ts';
import { openPorts } from './basis.ts';
import { signedInAt, type SignedIn } from './signed-in.ts';
import { closedWords } from './window.ts';

/** What an operator allowed, and where the guard says what it could not ask. */
export interface Allowed {
  readonly disturbAgents: boolean;
  /** Whether the other side of a pair may be out of service. */
  readonly withoutOtherSide: boolean;
  readonly acceptIrreversible: boolean;
  /** Options of the command line, to be said again with the command that goes on. */
  readonly given: readonly string[];
  readonly say: (words: string) => void;
}

/** The command that goes on where the guard stopped. */
export type Verb = 'apply' | 'resume' | 'roll-back';

/** What stands between a plan and those who work with the machines. Throws `Refusal`: the plan is gone on with another time. */
export interface Guard {
  /**
   * Before the first of these steps: the window is open, the other side of each machine that they take away answers, and nobody is signed
   * in at its desktop. A plan that is about to ask people may do that at any hour.
   */
  readonly beforeAll: (steps: readonly Step[], verb: Verb) => Promise<void>;
  /** The same before one step, as all of it may have changed meanwhile. */
  readonly before: (step: Step) => Promise<void>;
}

/** Milliseconds for which an answer holds where asking again fails: when a plan has just changed what sign-in rests on, nobody can sign in. */
const answerHoldsMs = 3_600_000;

/** Whether something stops meanwhile. */
function disturbs(step: Step): boolean {
  return 'outage' in step;
}

/** Whether people or calls can meet it: what stops, and what a web server presents from one moment to the next. */
function isMet(step: Step): boolean {
  return disturbs(step) || step.do === 'bind-certificate';
}

/** Options of `apply` alone, and that of `apply` and `roll-back`. */
function isTakenBy(verb: Verb, option: string): boolean {
  const [name = ''] = option.split(' ', 1);
  return (
    verb === 'apply' ||
    !['--inventory', '--step', ...(verb === 'resume' ? ['--accept-irreversible'] : [])].includes(name)
  );
}

/** The first of these steps that the closed window is in the way of, and when it opens, in words; null where none is. */
export function closedFor(
  steps: readonly Step[],
  { window }: Pick<Inventory, 'window'>,
): { readonly met: Step; readonly words: string } | null {
  const met = steps.find(isMet);
  const words = window === null || met === undefined ? null : closedWords(window, new Date());
  return met === undefined || words === null ? null : { met, words };
}

/** Up to where a plan waits for people, which may take days: what comes after is asked about when they have answered. */
export function untilPeople(steps: readonly Step[], { authorities }: Pick<Inventory, 'authorities'>): readonly Step[] {
  const manual = authorities.filter(({ kind }) => kind === 'manual').map(({ name }) => name);
  const waits = steps.findIndex(
    (step) => step.do === 'ask-operator' || (step.do === 'obtain-reply' && manual.includes(step.authority)),
  );
  return waits === -1 ? steps : steps.slice(0, waits);
}

export function guardOf(plan: Plan, inventory: Inventory, reach: Reach, allowed: Allowed): Guard {
  const { machines } = inventory.snapshot;
  const asked = new Set<MachineId>();
  const nobodyAt = new Map<MachineId, Date>();
  const goOn = (verb: Verb, ...more: readonly string[]): string => {
    const consent = allowed.acceptIrreversible ? ['--accept-irreversible'] : [];
    const options = [...consent, ...allowed.given].filter((option) => isTakenBy(verb, option));
    return ['uccert', verb, plan.id, ...new Set([...options, ...more])].join(' ');
  };

  function refuseOutsideWindow(steps: readonly Step[], verb: Verb): void {
    const closed = closedFor(steps, inventory);
    if (closed === null) return;
    throw new Refusal({
      seen: `It is outside the maintenance window: ${closed.words}.`,
      matters: `People or calls can meet what is to be done: ${stepTitle(closed.met)}.`,
      todo: `Inside the window: ${goOn(verb)}    Or change window in ${inventory.file}.`,
    });
  }

  async function refuseWhileSignedIn(machine: Machine, verb: Verb): Promise<void> {
    const hasDesktop = listenersOn(machine).some(({ page }) => page === '/desktop');
    if (!hasDesktop || allowed.disturbAgents) return;
    const answer = await askWhoIsSignedIn(machine);
    if (answer.status === 'no account') {
      allowed.say(
        `Whether agents are signed in on ${machine.id} was not asked: the inventory names no supervisor under people`,
      );
      return;
    }
    if (answer.status === 'not asked' || answer.status === 'not proved') {
      const since = nobodyAt.get(machine.id);
      if (since !== undefined && Date.now() - since.getTime() < answerHoldsMs) {
        allowed.say(
          `Whether agents are signed in on ${machine.id} cannot be asked now: ${answer.because}. At ${since.toISOString()} nobody was.`,
        );
        return;
      }
      throw new Refusal({
        seen: `Whether agents are signed in at the desktop of ${machine.id} could not be asked: ${answer.because}.`,
        matters: 'What is to be done takes the desktop, and with it their calls, away from those who are.',
        todo: `Look who is (Finesse, Team Performance), then: ${goOn(verb, '--disturb-agents')}`,
      });
    }
    const { names } = answer;
    if (names.length === 0) {
      nobodyAt.set(machine.id, new Date());
      return;
    }
    const some = names.length > 5 ? `${names.slice(0, 5).join(', ')} and others` : names.join(', ');
    throw new Refusal({
      seen: `${String(names.length)} ${names.length === 1 ? 'person is' : 'people are'} signed in at the desktop of ${machine.id}: ${some}.`,
      matters: 'What is to be done takes the desktop, and with it their calls, away from them.',
      todo: `Let them sign out, or let it be: ${goOn(verb, '--disturb-agents')}`,
    });
  }

  /** Both sides know of all agents; where the certificate at fault is that of the machine itself, no password goes to it, and the other side tells. */
  async function askWhoIsSignedIn(machine: Machine): Promise<SignedIn> {
    const own = await signedInAt(machine, inventory);
    if (own.status !== 'not proved') return own;
    for (const other of otherSidesOf(machine)) {
      const answer = await signedInAt(other, inventory);
      if (answer.status === 'asked') return answer;
    }
    return own;
  }

  async function refuseWithoutOtherSide(machine: Machine, verb: Verb): Promise<void> {
    if (allowed.withoutOtherSide) return;
    for (const other of otherSidesOf(machine)) {
      const then = openPorts(plan.basis, other.id);
      // What this side serves and the other is made to serve, too: it may have been away when the plan was made.
      const documented = new Set(listenersOn(other).map(({ port }) => port));
      const alike = openPorts(plan.basis, machine.id).filter((port) => documented.has(port) && !then.includes(port));
      const away: number[] = [];
      for (const port of [...then, ...alike]) if ((await reach.presented(other.id, port)) === null) away.push(port);
      if (away.length === 0) continue;
      const isNew = away.some((port) => then.includes(port));
      const where = `${away.length === 1 ? 'port' : 'ports'} ${away.join(', ')}, ${isNew ? 'where it did when the plan was made' : `where ${machine.id} does`}`;
      throw withoutOtherSide(`${other.id}, the other side of ${machine.id}, does not answer on ${where}.`, verb);
    }
  }

  /** A side whose ports answer may still be out of service: the node manager and Portico answer without it. */
  async function refuseWhileStopped(machine: Machine, steps: readonly Step[], verb: Verb): Promise<void> {
    if (allowed.withoutOtherSide) return;
    const services = carriedServices(steps.filter((step) => machineOfStep(step) === machine.id));
    for (const other of otherSidesOf(machine)) {
      for (const service of services) {
        const side = `${other.id}, the other side of ${machine.id}`;
        const seen = await reach
          .onWindows(other.id, async ({ shell }) => stoppedOfInstance(shell, service))
          .then(
            (stopped) => (stopped.length === 0 ? null : `${stopped.join(', ')} does not run on ${side}.`),
            (error: unknown) => `Whether ${service} runs on ${side}, could not be asked: ${messageOf(error)}.`,
          );
        if (seen !== null) throw withoutOtherSide(seen, verb);
      }
    }
  }

  const withoutOtherSide = (seen: string, verb: Verb): Refusal =>
    new Refusal({
      seen,
      matters: 'Both sides would be away at once.',
      todo: `Bring it back first, then: ${goOn(verb)}    Or, where nobody needs it meanwhile: ${goOn(verb, '--without-other-side')}`,
    });

  const otherSidesOf = ({ id, type }: Machine): Machine[] =>
    machines.filter((other) => other.id !== id && areSides(other.type, type));

  const machineOf = (step: Step): Machine | undefined => machines.find(({ id }) => id === machineOfStep(step));

  return {
    async beforeAll(steps, verb) {
      const next = verb === 'roll-back' ? steps : untilPeople(steps, inventory);
      refuseOutsideWindow(next, verb);
      const disturbed = new Set(next.filter(disturbs).map(machineOf));
      for (const machine of disturbed) {
        if (machine === undefined) continue;
        // What is restarted itself may come back by that, and so may what is taken back.
        const comesBack = (other: Machine): boolean =>
          disturbed.has(other) || next.some((step) => step.do === 'wait-for' && step.on === other.id);
        const isAlone = verb !== 'roll-back' && !otherSidesOf(machine).some(comesBack);
        if (isAlone) await refuseWithoutOtherSide(machine, verb);
        if (isAlone) await refuseWhileStopped(machine, next, verb);
        await refuseWhileSignedIn(machine, verb);
      }
    },
    async before(step) {
      refuseOutsideWindow([step], 'resume');
      const machine = disturbs(step) ? machineOf(step) : undefined;
      if (machine === undefined) return;
      await refuseWithoutOtherSide(machine, 'resume');
      await refuseWhileStopped(machine, [step], 'resume');
      if (!asked.has(machine.id)) await refuseWhileSignedIn(machine, 'resume');
      asked.add(machine.id);
    },
  };
}
