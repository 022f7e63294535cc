import type { z } from 'zod';
import type { MachineId, Sha256 } from '#model/names.ts';
import type { CertificateReference, Step } from '#model/plan.ts';
import type { VosCli } from '#transports/vos-cli.ts';

/** How an action reaches the world. Made by workflow/, so that an action knows no inventory, no credential and no clock. */
export interface Reach {
  /** A session with the right to change, given to `use` and closed by the lender. */
  onVos<Result>(machine: MachineId, use: (cli: VosCli) => Promise<Result>): Promise<Result>;
  /** The certificate a step carries: of the plan, or from the presenter's own store. */
  certificate(reference: CertificateReference): Promise<Buffer>;
  /** SHA-256 of the end entity certificate a port presents now, or null where it presents none. */
  presented(machine: MachineId, port: number): Promise<Sha256 | null>;
  /** Waits, milliseconds. */
  pause(ms: number): Promise<void>;
}

/** How one kind of step is carried out. Actions are the only code that changes a machine. */
export interface Action<S extends Step, Before> {
  /** What `read` gives: it goes into the journal and must come back from it. */
  readonly before: z.ZodType<Before>;
  /** What the step would change, read first and kept, so that undo can put it back. */
  read(step: S, reach: Reach): Promise<Before>;
  /** Whether the state read shows the step done already. */
  isDone(step: S, before: Before): boolean;
  /** Throws when the positive sign of success is missing. */
  apply(step: S, before: Before, reach: Reach): Promise<void>;
  /**
   * `apply-again`: taken up anew after everything else was put back, as a restart is. `nothing`: it changed nothing.
   * `none`: Cisco documents no way back.
   */
  readonly undo: ((step: S, before: Before, reach: Reach) => Promise<void>) | 'apply-again' | 'nothing' | 'none';
}

/** An action for any step of its kind, with what it read kept as plain data: a journal stands between reading and undoing. */
export interface SealedAction {
  read(step: Step, reach: Reach): Promise<unknown>;
  isDone(step: Step, before: unknown): boolean;
  apply(step: Step, before: unknown, reach: Reach): Promise<void>;
  readonly undo: ((step: Step, before: unknown, reach: Reach) => Promise<void>) | 'apply-again' | 'nothing' | 'none';
}

/** Seals an action: its state is checked against its schema whenever it comes back. */
export function seal<K extends Step['do'], Before>(
  kind: K,
  action: Action<Extract<Step, { do: K }>, Before>,
): SealedAction {
  type S = Extract<Step, { do: K }>;
  const own = (step: Step): S => {
    if (step.do !== kind) throw new TypeError(`a ${step.do} step given to the action of ${kind}`);
    return step as S;
  };
  const { undo } = action;
  return {
    read: (step, reach) => action.read(own(step), reach),
    isDone: (step, before) => action.isDone(own(step), action.before.parse(before)),
    apply: (step, before, reach) => action.apply(own(step), action.before.parse(before), reach),
    undo:
      typeof undo === 'function' ? (step, before, reach) => undo(own(step), action.before.parse(before), reach) : undo,
  };
}
