import { messageOf, Refusal, UsageError } from '#model/errors.ts';
import { subjectTitle, type Finding } from '#model/finding.ts';
import { machineOfStep, type Applied, type Outcome, type Plan, type Step, type Target } from '#model/plan.ts';
import type { Run } from '#model/run.ts';
import { loadInventory, type Inventory } from '#inventory/load.ts';
import type { Reach, Replies } from '#remediations/actions/action.ts';
import { actionOf } from '#remediations/actions/index.ts';
import { stepTitle } from '#model/step-title.ts';
import type { Journal, StepPlace } from './journal.ts';
import { leftBy } from './left-behind.ts';
import { guardOf, type Guard, type Verb } from './guard.ts';
import { judgeTargets } from './recheck.ts';
import { repliesOf } from './replies.ts';
import { reachOf } from './session.ts';
import { trust } from './trust.ts';
import { placedSteps, wayBackOf, type Backward, type Placed, type WayBack } from './way-back.ts';

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
    this.#steps = placedSteps(plan);
  }

  /** What is asked of the people before anything is done. Throws `Refusal`. */
  refuseWhileMet(verb: Verb): Promise<void> {
    const steps = verb === 'roll-back' ? this.wayBack.steps.map(({ step }) => step) : this.ahead;
    return this.#guard.beforeAll(steps, verb);
  }

  /** What is still to be done, in order. */
  get ahead(): Step[] {
    return this.#steps.filter(({ at }) => !this.#journal.was('step-done', at)).map(({ step }) => step);
  }

  /** What taking it back comes to, now. */
  get wayBack(): WayBack {
    return wayBackOf(this.#plan, this.#journal);
  }

  async goForward(): Promise<Ended> {
    const { report, confirm } = this.#options;
    for (const [place, { step, at }] of this.#steps.entries()) {
      if (this.#journal.was('step-done', at)) continue;
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

  /** Puts back what can be put back, the last first, and restarts afterwards what has to take it up. */
  async goBack(because: string): Promise<Ended> {
    const { report } = this.#options;
    if (!this.#journal.entries.some(({ event }) => event === 'rolling-back')) {
      this.#journal.write({ event: 'rolling-back', because });
    }
    const { steps, kept } = this.wayBack;
    const left = kept.map((title) => `${title} (cannot be taken back)`);
    const failed: string[] = [];
    for (const back of steps) {
      if (this.#isInVain(back)) continue;
      report({ event: back.how === 'again' ? 'again' : 'undoing', title: back.words });
      failed.push(...(await this.#attempt(back)));
    }
    left.push(...failed);
    for (const title of left) report({ event: 'left', title });
    if (left.length === 0) return this.#end({ status: 'rolled-back', because });
    const byHand = `Do by hand what could not be taken back: the way back of each step stands in uccert runbook ${this.#plan.id}. Then run`;
    const next = `${failed.length > 0 ? byHand : 'Run'} uccert trust to see how things stand, then uccert plan for what remains.`;
    return this.#end({ status: 'stranded', because, left, next });
  }

  /** Whether nothing could be put back on its machine that it would take up. */
  #isInVain({ how, step, at }: Backward): boolean {
    if (how === 'put back' || !this.#journal.was('step-done', at)) return false;
    return !this.#steps.some(
      (other) =>
        machineOfStep(other.step) === machineOfStep(step) &&
        typeof actionOf(other.step).undo !== 'string' &&
        this.#journal.was('step-undone', other.at),
    );
  }

  async #carryOut(step: Step, at: StepPlace): Promise<void> {
    const action = actionOf(step);
    const now = await action.read(step, this.#reach);
    // After a kill the first reading counts: it is what undo must go back to.
    const before = this.#journal.before(at) ?? now;
    if (!this.#journal.was('step-begun', at))
      this.#journal.write({ event: 'step-begun', ...at, before: before as never });
    const isDone = action.isDone(step, now);
    if (isDone) this.#options.report({ event: 'skipped', title: stepTitle(step) });
    else await action.apply(step, now, this.#reach);
    const left = await leftBy(step, this.#inventoryNow());
    this.#journal.write({ event: 'step-done', ...at, skipped: isDone, left });
  }

  /** Gives back what stays as it is because taking it back failed. */
  async #attempt({ step, at, words }: Backward): Promise<string[]> {
    const action = actionOf(step);
    try {
      if (typeof action.undo === 'string') await action.again(step, this.#journal.before(at), this.#reach);
      else await action.undo.carryOut(step, this.#journal.before(at), this.#reach);
      this.#journal.write({ event: 'step-undone', ...at });
      return [];
    } catch (error) {
      this.#journal.write({ event: 'undo-failed', ...at, because: messageOf(error) });
      return [`${stepTitle(step)} (taking it back failed: ${words}: ${messageOf(error)})`];
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
}

function inWords(target: Target, finding: Finding | undefined): string[] {
  if (finding?.verdict.status === 'absent' || finding?.verdict.status === 'not-applicable') return [];
  const status = finding?.verdict.status ?? 'not looked at';
  return [`${target.fault} at ${subjectTitle(target.subject)} is ${status}`];
}
