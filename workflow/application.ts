import { messageOf, Refusal, UsageError } from '#model/errors.ts';
import { subjectTitle, type Finding } from '#model/finding.ts';
import { machineOfStep, type Applied, type Outcome, type Plan, type Step, type Target } from '#model/plan.ts';
import type { Run } from '#model/run.ts';
import { loadInventory, type Inventory } from '#inventory/load.ts';
import type { Reach, Replies } from '#remediations/actions/action.ts';
import { actionOf } from '#remediations/actions/index.ts';
import { stepTitle } from '#model/step-title.ts';
import type { Journal } from './journal.ts';
import { leftBy } from './left-behind.ts';
import { guardOf, type Guard, type Verb } from './guard.ts';
import { judgeTargets } from './recheck.ts';
import { repliesOf } from './replies.ts';
import { reachOf } from './session.ts';
import { trust } from './trust.ts';

/** What happens, as it happens. */
export type Report =
  | { readonly event: 'checked' }
  /** A dry run says what would stop it now. */
  | { readonly event: 'would-refuse'; readonly words: string }
  | { readonly event: 'step'; readonly number: number; readonly of: number; readonly title: string }
  | { readonly event: 'skipped'; readonly title: string }
  | { readonly event: 'awaits'; readonly words: string }
  | {
      readonly event: 'would-do';
      readonly number: number;
      readonly of: number;
      readonly title: string;
      /** What stops meanwhile; null where nothing does. */
      readonly outage: string | null;
    }
  | { readonly event: 'verifying' }
  | { readonly event: 'not-verified'; readonly because: string }
  | { readonly event: 'undoing'; readonly title: string }
  /** Taken up anew behind what was put back, as a restart is. */
  | { readonly event: 'again'; readonly title: string }
  | { readonly event: 'left'; readonly title: string };

export interface ApplyOptions {
  readonly acceptIrreversible: boolean;
  readonly stateFolder: string;
  readonly command: readonly string[];
  readonly report: (report: Report) => void;
  /** Whether the operator asked to stop: then nothing more is begun, and the plan can be gone on with or taken back. */
  readonly isStopped?: () => boolean;
  /** Whether people may be signed in at the desktops that go away. */
  readonly disturbAgents?: boolean;
  /** Asked before each step when given; a no stops before it and rolls back. */
  readonly confirm?: (title: string) => Promise<boolean>;
}

/** How an apply ended: the outcome, and the run that verified it. */
export interface Ended {
  readonly outcome: Outcome;
  readonly run: Run;
}

/** The requests and replies of a plan, kept beside its journal. */
export function repliesFor(
  plan: Plan,
  inventory: Inventory,
  journalFile: string,
  { report, isStopped }: Pick<ApplyOptions, 'report' | 'isStopped'>,
): Replies {
  return repliesOf(inventory, {
    planId: plan.id,
    folder: journalFile.replace(/\.jsonl$/, ''),
    awaits: (words) => report({ event: 'awaits', words }),
    isStopped: () => isStopped?.() === true,
    pause: (ms) => new Promise((resolve) => setTimeout(resolve, ms)),
  });
}

/** A step, and where in the plan it stands. */
interface Placed {
  readonly step: Step;
  readonly at: { readonly change: number; readonly step: number };
}

/** One plan on its way. Its journal is its memory: what is done is asked there, never kept beside it. */
export class Application {
  readonly #plan: Plan;
  readonly #inventory: Inventory;
  readonly #journal: Journal;
  readonly #options: ApplyOptions;
  readonly #reach: Reach;
  readonly #guard: Guard;
  readonly #steps: readonly Placed[];

  constructor(plan: Plan, inventory: Inventory, journal: Journal, options: ApplyOptions) {
    this.#plan = plan;
    this.#inventory = inventory;
    this.#journal = journal;
    this.#options = options;
    const replies = repliesFor(plan, inventory, journal.file, options);
    this.#reach = reachOf(inventory, plan, replies);
    this.#guard = guardOf(plan, inventory, this.#reach, {
      disturbAgents: options.disturbAgents === true,
      say: (words) => options.report({ event: 'awaits', words }),
    });
    this.#steps = plan.changes.flatMap((change, place) =>
      change.steps.map((step, number) => ({ step, at: { change: place, step: number } })),
    );
  }

  /** What is asked of the people before anything is done. Throws `Refusal`. */
  refuseWhileMet(verb: Verb): Promise<void> {
    const { ahead, wayBack } = this;
    return this.#guard.beforeAll(verb === 'roll-back' ? wayBack : ahead, verb);
  }

  /** What is still to be done, in order. */
  get ahead(): Step[] {
    return this.#steps.filter(({ at }) => !this.#was('step-done', at)).map(({ step }) => step);
  }

  /** What taking back comes to: what is put back, the last first, then what is taken up anew. */
  get wayBack(): Step[] {
    const open = this.#begun.filter(({ at }) => !this.#was('step-undone', at));
    const undone = open.filter(({ step, at }) => typeof actionOf(step).undo === 'function' && !this.#wasSkipped(at));
    const back = new Set(
      this.#begun
        .filter(({ step }) => typeof actionOf(step).undo === 'function')
        .map(({ step }) => machineOfStep(step)),
    );
    const again = open.filter(
      ({ step, at }) =>
        actionOf(step).undo === 'apply-again' && (back.has(machineOfStep(step)) || !this.#was('step-done', at)),
    );
    return [...undone.toReversed(), ...again].map(({ step }) => step);
  }

  get #begun(): Placed[] {
    return this.#steps.filter(({ at }) => this.#was('step-begun', at));
  }

  async goForward(): Promise<Ended> {
    const { report, confirm } = this.#options;
    for (const [place, { step, at }] of this.#steps.entries()) {
      if (this.#was('step-done', at)) continue;
      const title = stepTitle(step);
      if (this.#options.isStopped?.() === true) throw this.#stoppedBefore(place);
      if (confirm !== undefined && !(await confirm(title))) return this.goBack(`stopped before: ${title}`);
      await this.#guard.before(step);
      report({ event: 'step', number: place + 1, of: this.#steps.length, title });
      try {
        await this.#carryOut(step, at);
      } catch (error) {
        // Stopped by the operator, or not allowed now: the plan goes on another time.
        if (error instanceof Refusal) throw error;
        this.#journal.write({ event: 'step-failed', ...at, because: messageOf(error) });
        return this.goBack(`${title}: ${messageOf(error)}`);
      }
    }
    report({ event: 'verifying' });
    const unsettled = await this.#unsettled();
    if (unsettled.length === 0) return this.#end({ status: 'verified' });
    const because = unsettled.join('; ');
    report({ event: 'not-verified', because });
    return this.goBack(`verification failed: ${because}`);
  }

  #stoppedBefore(place: number): Refusal {
    return new Refusal({
      seen: `Stopped after step ${String(place)} of ${String(this.#steps.length)}.`,
      matters: 'The plan is half done.',
      todo: `Go on: uccert resume ${this.#plan.id}    Take back: uccert roll-back ${this.#plan.id}`,
    });
  }

  /** Whether anything that was done is put back when the plan is taken back. */
  get hasWayBack(): boolean {
    return this.#steps.some(
      ({ step, at }) =>
        this.#was('step-begun', at) &&
        !this.#wasSkipped(at) &&
        (typeof actionOf(step).undo === 'function' || actionOf(step).undo === 'with-backup'),
    );
  }

  /** Puts back what can be put back, the last first, and restarts afterwards what has to take it up. */
  async goBack(because: string): Promise<Ended> {
    const { report } = this.#options;
    if (!this.#journal.entries.some(({ event }) => event === 'rolling-back')) {
      this.#journal.write({ event: 'rolling-back', because });
    }
    const begun = this.#begun;
    const left: string[] = [];
    for (const { step, at } of begun.toReversed()) {
      const { undo } = actionOf(step);
      if (undo === 'none' && !this.#wasSkipped(at)) left.push(`${stepTitle(step)} (cannot be taken back)`);
      if (typeof undo !== 'function' || this.#was('step-undone', at)) continue;
      report({ event: 'undoing', title: stepTitle(step) });
      await this.#attempt(at, step, left, () => undo(step, this.#before(at), this.#reach));
    }
    // What is restarted takes up what was put back on its machine, or was stopped half-way itself.
    const putBack = new Set(
      begun.filter(({ at }) => this.#was('step-undone', at)).map(({ step }) => machineOfStep(step)),
    );
    for (const { step, at } of begun) {
      const action = actionOf(step);
      if (action.undo !== 'apply-again' || this.#was('step-undone', at)) continue;
      if (!putBack.has(machineOfStep(step)) && this.#was('step-done', at)) continue;
      report({ event: 'again', title: stepTitle(step) });
      await this.#attempt(at, step, left, () => action.again(step, this.#before(at), this.#reach));
    }
    for (const title of left) report({ event: 'left', title });
    if (left.length === 0) return this.#end({ status: 'rolled-back', because });
    const next = 'Run uccert trust to see how things stand, then uccert plan for what remains.';
    return this.#end({ status: 'stranded', because, left, next });
  }

  async #carryOut(step: Step, at: { change: number; step: number }): Promise<void> {
    const action = actionOf(step);
    const now = await action.read(step, this.#reach);
    // After a kill the first reading counts: it is what undo must go back to.
    const before = this.#before(at) ?? now;
    if (!this.#was('step-begun', at)) this.#journal.write({ event: 'step-begun', ...at, before: before as never });
    const isDone = action.isDone(step, now);
    if (isDone) this.#options.report({ event: 'skipped', title: stepTitle(step) });
    else await action.apply(step, now, this.#reach);
    const left = await leftBy(step, this.#inventoryNow());
    this.#journal.write({ event: 'step-done', ...at, skipped: isDone, left });
  }

  async #attempt(
    at: { change: number; step: number },
    step: Step,
    left: string[],
    work: () => Promise<void>,
  ): Promise<void> {
    try {
      await work();
      this.#journal.write({ event: 'step-undone', ...at });
    } catch (error) {
      this.#journal.write({ event: 'undo-failed', ...at, because: messageOf(error) });
      left.push(`${stepTitle(step)} (taking it back failed: ${messageOf(error)})`);
    }
  }

  /** Targets that the detectors do not call absent now, in words. */
  async #unsettled(): Promise<string[]> {
    const targets = this.#plan.changes.flatMap(({ targets: found, keeps }) => [...found, ...keeps]);
    const findings = await judgeTargets(targets, this.#inventoryNow());
    return findings.flatMap(({ target, finding }) => inWords(target, finding));
  }

  /** Writes the end into the journal and looks at everything once more for the run that tells the story. */
  async #end(outcome: Outcome): Promise<Ended> {
    const startedAt = this.#journal.entries[0]?.at ?? new Date().toISOString();
    this.#journal.write({ event: 'ended', outcome });
    const run = await trust(this.#inventoryNow(), { command: this.#options.command, judgeAt: null, deep: false });
    const applied: Applied = { plan: this.#plan, outcome, startedAt, finishedAt: run.finishedAt };
    return { outcome, run: { ...run, remediations: [applied] } };
  }

  /** The client profiles change with the plan, so they are read anew; an inventory that is gone meanwhile is the one that was read. */
  #inventoryNow(): Inventory {
    try {
      return loadInventory(this.#inventory.file);
    } catch (error) {
      if (error instanceof UsageError) return this.#inventory;
      throw error;
    }
  }

  #was(event: 'step-begun' | 'step-done' | 'step-undone', at: { change: number; step: number }): boolean {
    return this.#journal.entries.some(
      (entry) => entry.event === event && entry.change === at.change && entry.step === at.step,
    );
  }

  #wasSkipped(at: { change: number; step: number }): boolean {
    return this.#journal.entries.some(
      (entry) => entry.event === 'step-done' && entry.change === at.change && entry.step === at.step && entry.skipped,
    );
  }

  #before(at: { change: number; step: number }): unknown {
    for (const entry of this.#journal.entries) {
      if (entry.event === 'step-begun' && entry.change === at.change && entry.step === at.step) return entry.before;
    }
    return undefined;
  }
}

function inWords(target: Target, finding: Finding | undefined): string[] {
  if (finding?.verdict.status === 'absent' || finding?.verdict.status === 'not-applicable') return [];
  const status = finding?.verdict.status ?? 'not looked at';
  return [`${target.fault} at ${subjectTitle(target.subject)} is ${status}`];
}
