import { messageOf, Refusal, UsageError } from '#model/errors.ts';
import { subjectMachine } from '#model/subject.ts';
import type { Applied, Outcome, Plan } from '#model/plan.ts';
import { machineOfStep, type Step } from '#model/step.ts';
import type { Run } from '#model/run.ts';
import type { FaultId } from '#faults/index.ts';
import { loadInventory, type Inventory } from '#inventory/load.ts';
import type { Reach, Replies } from '#remediations/actions/action.ts';
import { actionOf } from '#remediations/actions/index.ts';
import { stepTitle } from '#model/step-title.ts';
import type { ApplyOptions, Ended, Report } from './apply-options.ts';
import type { Journal, StepPlace } from './journal.ts';
import { leftAs, leftBy, movedIn, movedSince } from './left-behind.ts';
import { doneIn } from './done-steps.ts';
import { guardOf, type Guard, type Verb } from './guard.ts';
import { refuseWhenMoved } from './moved.ts';
import { judgeTargets, type Judged } from './recheck.ts';
import { repliesFolder, repliesOf } from './replies.ts';
import { reachOf } from './session.ts';
import { withSignsOfLife } from './signs-of-life.ts';
import { trust } from './trust.ts';
import { isAnsweredByPeople, mayTakeDays, repliesWanted, stepsInOrder } from './requests-first.ts';
import { unsettledIn } from './unsettled.ts';
import { wayBackOf, type Backward, type Placed, type WayBack } from './way-back.ts';

/** The requests and replies of a plan, kept beside its journal. */
export function repliesFor(
  plan: Plan,
  inventory: Inventory,
  journalFile: string,
  { report, isStopped }: Pick<ApplyOptions, 'report' | 'isStopped'>,
): Replies {
  return repliesOf(inventory, {
    planId: plan.id,
    folder: repliesFolder(journalFile),
    awaits: (words) => report({ event: 'awaits', words }),
    canBeLeft: () => report({ event: 'can-be-left', plan: plan.id }),
    isStopped: () => isStopped?.() === true,
    lackClientAuth: new Set(
      plan.changes
        .flatMap(({ targets }) => targets)
        .filter(({ fault }) => fault === ('client-authentication-missing' satisfies FaultId))
        .flatMap(({ subject }) => subjectMachine(subject) ?? []),
    ),
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
  /** Whether people were waited for since the world was last looked at. */
  #hasWaited = false;

  constructor(plan: Plan, inventory: Inventory, journal: Journal, options: ApplyOptions) {
    this.#plan = plan;
    this.#inventory = inventory;
    this.#journal = journal;
    this.#options = options;
    const report = (said: Report): void => {
      if (said.event === 'awaits') this.#hasWaited = true;
      options.report(said);
    };
    const replies = repliesFor(plan, inventory, journal.file, { ...options, report });
    this.#reach = reachOf(inventory, plan, replies, (machine, unit) => leftAs(journal, machine, unit));
    this.#guard = guardOf(plan, inventory, this.#reach, {
      disturbAgents: options.disturbAgents === true,
      withoutOtherSide: options.withoutOtherSide === true,
      acceptIrreversible: options.acceptIrreversible,
      given: options.given ?? [],
      say: (words) => options.report({ event: 'awaits', words }),
    });
    this.#steps = stepsInOrder(plan);
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
      if (confirm !== undefined && !(await confirm(title, 'outage' in step ? step.outage : null)))
        return this.#retreat(`stopped before: ${title}`);
      await this.#guard.before(step);
      report({ event: 'step', number: place + 1, of: this.#steps.length, title });
      try {
        await this.#carryOut(step, at);
      } catch (error) {
        // Stopped by the operator, or not allowed now: the plan goes on another time.
        if (error instanceof Refusal) throw error;
        this.#journal.write({ event: 'step-failed', ...at, because: messageOf(error) });
        return this.#retreat(`${title}: ${messageOf(error)}`);
      }
      if (this.#hasWaited) await refuseWhenMoved(this.#plan, this.#journal, this.#inventoryNow());
      this.#hasWaited = false;
      // An answer that is put in place cannot be taken back: all that stands against the restarts behind it is asked first.
      if (mayTakeDays(step, this.#inventory)) await this.#guard.beforeAll(this.ahead, 'resume');
    }
    report({ event: 'verifying' });
    const { present, notSeen } = unsettledIn(await this.#judgeAnew());
    if (present.length + notSeen.length === 0) return this.#settle();
    const because = [...present, ...notSeen].join('; ');
    report({ event: 'not-verified', because });
    if (present.length === 0) throw this.#unseen(notSeen);
    return this.#retreat(`verification failed: ${because}`);
  }

  /** The detectors are content: so the plan is verified, unless what they saw is somebody else's doing. */
  async #settle(): Promise<Ended> {
    const run = await this.#look();
    const moved = movedIn(run, this.#plan, this.#journal);
    if (moved.length === 0) return this.#end({ status: 'verified' }, run);
    const because =
      'the detectors that found the faults find them no more, but the machines are not as the plan left them';
    this.#options.report({ event: 'not-verified', because });
    return this.#leave(because, moved);
  }

  /** Goes back by itself, unless others changed meanwhile what it would put back: that is theirs, and nobody has a copy of it. */
  async #retreat(because: string): Promise<Ended> {
    const moved = await movedSince(this.#plan, this.#journal, this.#inventoryNow());
    return moved.length === 0 ? this.goBack(because) : this.#leave(because, moved);
  }

  #leave(because: string, moved: readonly string[]): Promise<Ended> {
    for (const words of moved) this.#options.report({ event: 'moved', words });
    return this.#end({
      status: 'stranded',
      because: `${because}. Nothing was taken back, as another plan or a person changed meanwhile: ${moved.join('; ')}`,
      left: doneIn(this.#plan, this.#journal),
      next: 'Look at what was changed, and by whom. Then run uccert trust to see how things stand, and uccert plan for what remains.',
    });
  }

  /** What could not be looked at is no reason to take back what may be well. */
  #unseen(notSeen: readonly string[]): Refusal {
    return new Refusal({
      seen: `All steps are done. Whether they put it right could not be seen: ${notSeen.join('; ')}.`,
      matters: 'Nothing is taken back for that: what was done may be well.',
      todo: `Bring back what does not answer, then: uccert resume ${this.#plan.id}, which verifies again. To take it back: uccert roll-back ${this.#plan.id}`,
    });
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
    if (!this.#journal.isGoingBack) this.#journal.write({ event: 'rolling-back', because });
    const { steps, kept, keptWith } = this.wayBack;
    const failed = [...(await this.#putBack(steps)), ...(await this.#takeUp(steps))];
    const left = [
      ...kept.map((title) => `${title} (cannot be taken back)`),
      ...keptWith.map((title) => `${title} (stays with what cannot be taken back)`),
      ...failed,
    ];
    for (const title of left) report({ event: 'left', title });
    if (left.length === 0) return this.#end({ status: 'rolled-back', because });
    const byHand = `Do by hand what could not be taken back: the way back of each step stands in uccert runbook ${this.#plan.id}. Then run`;
    const next = `${failed.length > 0 ? byHand : 'Run'} uccert trust to see how things stand, then uccert plan for what remains.`;
    return this.#end({ status: 'stranded', because, left, next });
  }

  /** Puts back, the last first; gives what stays as it is. */
  async #putBack(steps: readonly Backward[]): Promise<string[]> {
    const failed: string[] = [];
    const stuck = new Set<string>();
    for (const back of steps.filter(({ how }) => how === 'put back')) {
      const { step, at, words } = back;
      const place = `${String(at.change)} ${machineOfStep(step) ?? ''}`;
      // What came before it is what it still rests on, as a binding on its certificate.
      if (stuck.has(place)) {
        failed.push(`${stepTitle(step)} (left, as what was done after it could not be taken back)`);
        continue;
      }
      await this.#guard.before(step);
      this.#options.report({ event: 'undoing', title: words });
      const failure = await this.#attempt(back);
      if (failure.length > 0) stuck.add(place);
      failed.push(...failure);
    }
    return failed;
  }

  /** Has the machines take up what was put back. One whose other side is away waits for the rest, which may bring that side back. */
  async #takeUp(steps: readonly Backward[]): Promise<string[]> {
    const again = steps.filter((back) => back.how === 'again' && !this.#isInVain(back));
    const failed: string[] = [];
    const takeUp = async (own: readonly Backward[]): Promise<void> => {
      for (const back of own) {
        await this.#guard.before(back.step);
        this.#options.report({ event: 'again', title: back.words });
        failed.push(...(await this.#attempt(back)));
      }
    };
    const held: (readonly Backward[])[] = [];
    for (const own of Map.groupBy(again, ({ step }) => machineOfStep(step)).values()) {
      try {
        await takeUp(own);
      } catch (error) {
        if (!(error instanceof Refusal)) throw error;
        held.push(own.filter(({ at }) => !this.#journal.was('step-undone', at)));
      }
    }
    for (const own of held) await takeUp(own);
    return failed;
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
    else await this.#withSigns(() => action.apply(step, now, this.#reach));
    await this.#handIn(step);
    const left = await leftBy(step, this.#inventoryNow());
    this.#journal.write({ event: 'step-done', ...at, skipped: isDone, left });
  }

  /** Gives a request to its authority as soon as it is made, where more of them are to be answered by people. */
  async #handIn(step: Step): Promise<void> {
    const wanted = repliesWanted(this.#plan);
    const open = new Set(this.ahead);
    if (step.do !== 'generate-request' || wanted.length < 2) return;
    const unit = step.via === 'java' ? step.alias : step.unit;
    const obtain = wanted.find((each) => open.has(each) && each.for === step.on && each.unit === unit);
    if (obtain === undefined || !isAnsweredByPeople(obtain.authority, this.#inventory)) return;
    const request = await this.#reach.request(step.on, unit);
    if (request !== null) await this.#reach.replies.handIn(obtain, request);
  }

  /** The same of all that were made by a process of before: so that none waits for the answer to another, and a wrong one is told at any hour. */
  async handInAll(): Promise<void> {
    for (const { step, at } of this.#steps) {
      if (step.do === 'generate-request' && this.#journal.was('step-done', at)) await this.#handIn(step);
    }
  }

  #withSigns<Result>(work: () => Promise<Result>): Promise<Result> {
    return withSignsOfLife(work, (minutes) => this.#options.report({ event: 'goes-on', minutes }));
  }

  /** Gives back what stays as it is because taking it back failed. */
  async #attempt({ step, at, words }: Backward): Promise<string[]> {
    const action = actionOf(step);
    try {
      const { undo } = action;
      const before = this.#journal.before(at);
      await this.#withSigns(() =>
        typeof undo === 'string' ? action.again(step, before, this.#reach) : undo.carryOut(step, before, this.#reach),
      );
      this.#journal.write({ event: 'step-undone', ...at });
      return [];
    } catch (error) {
      this.#journal.write({ event: 'undo-failed', ...at, because: messageOf(error) });
      return [`${stepTitle(step)} (taking it back failed: ${words}: ${messageOf(error)})`];
    }
  }

  /** Asks the detectors that found the faults, and those of what is to stay well. */
  async #judgeAnew(): Promise<Judged[]> {
    const targets = this.#plan.changes.flatMap(({ targets: found, keeps }) => [...found, ...keeps]);
    return judgeTargets(targets, this.#inventoryNow());
  }

  /** Writes the end into the journal and looks at everything once more for the run that tells the story. */
  async #end(outcome: Outcome, seen?: Run): Promise<Ended> {
    const startedAt = this.#journal.entries[0]?.at ?? new Date().toISOString();
    this.#journal.write({ event: 'ended', outcome });
    const run = seen ?? (await this.#look());
    const applied: Applied = { plan: this.#plan, outcome, startedAt, finishedAt: run.finishedAt };
    return { outcome, run: { ...run, remediations: [applied] } };
  }

  #look(): Promise<Run> {
    return trust(this.#inventoryNow(), { command: this.#options.command, judgeAt: null, deep: false });
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
