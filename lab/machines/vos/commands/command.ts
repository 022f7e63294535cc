import type { VosMachine } from '../machine.ts';
import type { Terminal } from '../terminal.ts';

/** What one command works on. */
export interface Session {
  readonly machine: VosMachine;
  readonly terminal: Terminal;
}

/** A command of the `admin:` prompt. The texts are those of the Unified CM and Unified CCX CLI references, release 15. */
export interface Command {
  readonly line: RegExp;
  readonly run: (session: Session, words: Readonly<Record<string, string>>) => void | Promise<void>;
}

/** Commands, each with the types of what it is given. */
export function commands(...list: readonly Command[]): readonly Command[] {
  return list;
}

export const unsuccessful = 'Executed command unsuccessfully';

/** Why, and that it was not done. */
export function refuse({ terminal }: Session, why: string): void {
  terminal.print(why);
  terminal.print(unsuccessful); // inferred: that this line follows a refusal
}

/** Whether the answer to a question is yes. */
export async function agrees({ terminal }: Session, question: string): Promise<boolean> {
  return /^y(es)?$/i.test(await terminal.ask(question));
}

/** What follows a change of a unit's certificate. */
export function adviseRestart({ terminal }: Session, unit: string, done: string): void {
  terminal.print(`Successfully ${done} certificate for ${unit}.`);
  terminal.print(`Please restart services related to ${unit} for the new certificate to become active.`);
}

/** A unit that the machine does not have. */
export function refuseUnit(session: Session, unit: string): void {
  refuse(session, `${unit} is not a valid unit`); // inferred: the words
}

/** Reboots after what was printed has reached the other side; the session ends with the machine. */
export function reboot({ machine }: Session): void {
  setImmediate(() => {
    machine.reboot().catch((error: unknown) => {
      process.emitWarning(`${machine.id} did not come back: ${String(error)}`);
    });
  });
}
