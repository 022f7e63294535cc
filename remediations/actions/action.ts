import type { z } from 'zod';
import type { MachineId, Sha256 } from '#model/names.ts';
import type { CertificateReference, Step, StepOf } from '#model/step.ts';
import type { VosCli } from '#transports/vos-cli.ts';
import type { WindowsHost } from './windows-host.ts';

/** What certification authorities answered to the requests of this plan, kept where a killed process finds it again. */
export interface Replies {
  /** The answer to the request of a machine, DER; null where none was kept. */
  reply(machine: MachineId, unit: string): Buffer | null;
  /** The request of a machine that was answered, DER; null where none was. */
  answered(machine: MachineId, unit: string): Promise<Buffer | null>;
  /** Gives a request to the authority, so that people can answer it with the others; takes the answer where that is there at once. */
  handIn(step: StepOf<'here', 'obtain-reply'>, request: Buffer): Promise<void>;
  /**
   * Gives a request to the authority and waits for its answer, for as long as it takes; the answer is checked against the request, the
   * machine and the authority's chain before it is kept.
   */
  obtain(step: StepOf<'here', 'obtain-reply'>, request: Buffer): Promise<void>;
}

/** How an action reaches the world. Made by workflow/, so that an action knows no inventory, no credential and no clock. */
export interface Reach {
  /** A session with the right to change, given to `use` and closed by the lender. */
  onVos<Result>(machine: MachineId, use: (cli: VosCli) => Promise<Result>): Promise<Result>;
  /** A request without names, by the page of OS Administration. */
  requestWithoutNames(machine: MachineId, unit: string): Promise<void>;
  /** The same for a Windows machine. */
  onWindows<Result>(machine: MachineId, use: (host: WindowsHost) => Promise<Result>): Promise<Result>;
  /** The plan that is carried out: files it leaves on machines carry its id. */
  readonly planId: string;
  /** The certificate a step carries: of the plan, from the presenter's own store, or of a reply. */
  certificate(reference: CertificateReference): Promise<Buffer>;
  readonly replies: Replies;
  /** SHA-256 of what an earlier step of the plan left as an identity of a machine; null where none changed it. */
  leftAs(machine: MachineId, unit: string): Sha256 | null;
  /** The request that waits on a machine for its reply, DER; null where none does. */
  request(machine: MachineId, unit: string): Promise<Buffer | null>;
  /** The name by which the Operations Console has a machine, as the inventory says; null where it does not. */
  oampName(machine: MachineId): string | null;
  /** SHA-256 of the end entity certificate a port presents now, or null where it presents none. */
  presented(machine: MachineId, port: number): Promise<Sha256 | null>;
  /** Waits, milliseconds. */
  pause(ms: number): Promise<void>;
}

/** The way back of a step that has one: what it comes to is said before it is gone. */
export interface PutBack<S, Before> {
  /** What it puts back, in words behind the place of the step. */
  words(step: S, before: Before): string;
  carryOut(step: S, before: Before, reach: Reach): Promise<void>;
}

/**
 * How a step is taken back. `apply-again`: taken up anew after everything else was put back, as a restart is. `nothing`: it changed
 * nothing. `with-backup`: the back-up of its key store that the plan made before it is put back, and it with it. `remains`: what it
 * leaves behind does no harm, and the plan says so. `none`: Cisco documents no way back.
 */
export type Undo<S, Before> = PutBack<S, Before> | 'apply-again' | 'with-backup' | 'nothing' | 'remains' | 'none';

/** How one kind of step is carried out on one platform. Actions are the only code that changes a machine. */
export interface Action<S extends Step, Before> {
  /** What `read` gives: it goes into the journal and must come back from it. */
  readonly before: z.ZodType<Before>;
  /** What the step would change, read first and kept, so that undo can put it back. */
  read(step: S, reach: Reach): Promise<Before>;
  /** Whether the state read shows the step done already. */
  isDone(step: S, before: Before): boolean;
  /** Throws when the positive sign of success is missing. */
  apply(step: S, before: Before, reach: Reach): Promise<void>;
  /** What `apply-again` does on the way back, where that is not `apply`. */
  again?(step: S, reach: Reach): Promise<void>;
  readonly undo: Undo<S, Before>;
}

/** An action for any step, with what it read kept as plain data: a journal stands between reading and undoing. */
export interface SealedAction {
  read(step: Step, reach: Reach): Promise<unknown>;
  isDone(step: Step, before: unknown): boolean;
  apply(step: Step, before: unknown, reach: Reach): Promise<void>;
  again(step: Step, before: unknown, reach: Reach): Promise<void>;
  readonly undo: Undo<Step, unknown>;
}

/** Seals an action: its state is checked against its schema whenever it comes back. The table of actions gives each step to its own. */
export function seal<S extends Step, Before>(action: Action<S, Before>): SealedAction {
  const own = (step: Step): S => step as S;
  const { undo } = action;
  return {
    read: (step, reach) => action.read(own(step), reach),
    isDone: (step, before) => action.isDone(own(step), action.before.parse(before)),
    apply: (step, before, reach) => action.apply(own(step), action.before.parse(before), reach),
    again: (step, before, reach) =>
      action.again?.(own(step), reach) ?? action.apply(own(step), action.before.parse(before), reach),
    undo:
      typeof undo === 'string'
        ? undo
        : {
            words: (step, before) => undo.words(own(step), action.before.parse(before)),
            carryOut: (step, before, reach) => undo.carryOut(own(step), action.before.parse(before), reach),
          },
  };
}
