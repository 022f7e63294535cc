import { join } from 'node:path';
import { messageOf, Refusal, UsageError } from '#model/errors.ts';
import type { Finding } from '#model/finding.ts';
import { subjectTitle } from '#model/finding.ts';
import type { MachineId } from '#model/names.ts';
import { planDigest, type Applied, type Change, type Outcome, type Plan, type Step, type Target } from '#model/plan.ts';
import type { Run } from '#model/run.ts';
import { loadInventory, type Inventory } from '#inventory/load.ts';
import type { Reach } from '#remediations/actions/action.ts';
import { actionOf } from '#remediations/actions/index.ts';
import { stepTitle } from '#remediations/step-title.ts';
import { basisDifference, basisDigest, basisOf } from './basis.ts';
import { Journal } from './journal.ts';
import { lockMachines } from './lock.ts';
import { judgeTargets } from './recheck.ts';
import { lookAtWire } from './scan.ts';
import { reachOf } from './session.ts';
import { lookAtStores } from './stores.ts';
import { trust } from './trust.ts';
import { isInWindow } from './window.ts';

/** What happens, as it happens. */
export type Report =
  | { readonly event: 'checked' }
  | { readonly event: 'step'; readonly number: number; readonly of: number; readonly title: string }
  | { readonly event: 'skipped'; readonly title: string }
  | { readonly event: 'would-do'; readonly number: number; readonly of: number; readonly title: string }
  | { readonly event: 'verifying' }
  | { readonly event: 'not-verified'; readonly because: string }
  | { readonly event: 'undoing'; readonly title: string }
  | { readonly event: 'left'; readonly title: string };

export interface ApplyOptions {
  readonly acceptIrreversible: boolean;
  readonly stateFolder: string;
  readonly command: readonly string[];
  readonly report: (report: Report) => void;
  /** Whether the operator asked to stop: then nothing more is begun, and the plan can be gone on with or taken back. */
  readonly isStopped?: () => boolean;
  /** Asked before each step when given; a no stops before it and rolls back. */
  readonly confirm?: (title: string) => Promise<boolean>;
}

/** How an apply ended: the outcome, and the run that verified it. */
export interface Ended {
  readonly outcome: Outcome;
  readonly run: Run;
}

/** Reads everything a plan would need and says what it would do. Changes nothing. */
export async function dryRun(plan: Plan, inventory: Inventory, options: ApplyOptions): Promise<void> {
  await refuseWhenStale(plan, inventory);
  options.report({ event: 'checked' });
  const steps = plan.changes.flatMap((change) => change.steps);
  for (const [place, step] of steps.entries()) {
    options.report({ event: 'would-do', number: place + 1, of: steps.length, title: stepTitle(step) });
  }
}

/** Carries out a plan: checks, locks, does each step, verifies with the detectors that found the faults, rolls back when they still find them. */
export async function apply(plan: Plan, inventory: Inventory, options: ApplyOptions): Promise<Ended> {
  refuseEdited(plan);
  refuseWithoutConsent(plan, options);
  refuseOutsideWindow(inventory);
  const journal = Journal.open(journalFile(options.stateFolder, plan.id));
  if (journal.entries.length > 0) {
    throw new Refusal({
      seen: `The plan ${plan.id} was begun before: ${journal.file}.`,
      matters: 'A plan is carried out once; after that the world is another.',
      todo: isEnded(journal) ? 'Scan and make a new plan.' : `Go on with it: uccert resume ${plan.id}`,
    });
  }
  const release = lockMachines(machinesOf(plan), plan.id, lockFolder(options.stateFolder));
  try {
    await refuseWhenStale(plan, inventory);
    options.report({ event: 'checked' });
    journal.write({ event: 'begun', plan, inventory: inventory.file });
    return await new Application(plan, inventory, journal, options).goForward();
  } finally {
    release();
  }
}

/** Goes on with a plan whose process ended half-way: forward where it went forward, back where it was rolling back. */
export async function resume(planId: string, options: ApplyOptions): Promise<Ended> {
  const { journal, plan, inventory } = begun(planId, options);
  if (isEnded(journal)) {
    throw new UsageError({
      seen: `The plan ${planId} has ended: ${outcomeOf(journal)?.status ?? 'unknown'}.`,
      matters: 'There is nothing left to go on with.',
      todo: 'Scan to see how things stand.',
    });
  }
  const release = lockMachines(machinesOf(plan), plan.id, lockFolder(options.stateFolder));
  try {
    const application = new Application(plan, inventory, journal, options);
    const rollingBack = journal.entries.find((entry) => entry.event === 'rolling-back');
    return await (rollingBack === undefined ? application.goForward() : application.goBack(rollingBack.because));
  } finally {
    release();
  }
}

/** Takes back what a plan did, as far as it can be taken back. */
export async function rollBack(planId: string, options: ApplyOptions): Promise<Ended> {
  const { journal, plan, inventory } = begun(planId, options);
  const outcome = outcomeOf(journal);
  if (outcome !== null && outcome.status !== 'verified') {
    throw new UsageError({
      seen: `The plan ${planId} has ended: ${outcome.status}.`,
      matters: 'What could be taken back was.',
      todo: outcome.status === 'stranded' ? outcome.next : 'Scan to see how things stand.',
    });
  }
  const kept = keptAnyway(plan, journal);
  if (kept.length > 0 && !options.acceptIrreversible) {
    throw new Refusal({
      seen: `The plan ${planId} has done what cannot be taken back: ${kept.join('; ')}.`,
      matters:
        'Taking back the rest would take the new certificate from those who were given it, and leave it in place.',
      todo: `Go forward instead: ${outcome === null ? `uccert resume ${planId}` : 'leave it as it is'}. To take back the rest all the same, add --accept-irreversible.`,
    });
  }
  const release = lockMachines(machinesOf(plan), plan.id, lockFolder(options.stateFolder));
  try {
    return await new Application(plan, inventory, journal, options).goBack('the operator asked for it');
  } finally {
    release();
  }
}

/** How a plan stands, in words. */
export function planStatus(stateFolder: string, planId: string): string {
  let journal: Journal;
  try {
    journal = Journal.open(journalFile(stateFolder, planId));
  } catch (error) {
    return `its journal is damaged: ${messageOf(error)}`;
  }
  if (journal.entries.length === 0) return 'not begun';
  return outcomeOf(journal)?.status ?? `begun and not ended: uccert resume ${planId}`;
}

/** The folder of journals. */
export function journalFolder(stateFolder: string): string {
  return join(stateFolder, 'journal');
}

function journalFile(stateFolder: string, planId: string): string {
  return join(journalFolder(stateFolder), `${planId}.jsonl`);
}

function lockFolder(stateFolder: string): string {
  return join(stateFolder, 'locks');
}

/** Throws `UsageError` where no journal says that the plan was begun. */
export function refuseUnbegun(planId: string, stateFolder: string): void {
  if (Journal.open(journalFile(stateFolder, planId)).entries[0]?.event === 'begun') return;
  throw new UsageError({
    seen: `No journal of the plan ${planId} is in ${journalFolder(stateFolder)}.`,
    matters: 'Only what was begun can be gone on with or taken back.',
    todo: 'Name the id of a plan that was applied; uccert list plans shows them.',
  });
}

function begun(planId: string, options: ApplyOptions): { journal: Journal; plan: Plan; inventory: Inventory } {
  refuseUnbegun(planId, options.stateFolder);
  const journal = Journal.open(journalFile(options.stateFolder, planId));
  const first = journal.entries[0];
  if (first?.event !== 'begun') throw new Error(`${planId} was not begun`);
  return { journal, plan: first.plan, inventory: loadInventory(first.inventory) };
}

function outcomeOf(journal: Journal): Outcome | null {
  return journal.entries.findLast((entry) => entry.event === 'ended')?.outcome ?? null;
}

function isEnded(journal: Journal): boolean {
  return outcomeOf(journal) !== null;
}

/** Steps without a way back that were begun, in words. */
function keptAnyway(plan: Plan, journal: Journal): string[] {
  return journal.entries.flatMap((entry) => {
    if (entry.event !== 'step-begun') return [];
    const step = plan.changes[entry.change]?.steps[entry.step];
    return step !== undefined && actionOf(step).undo === 'none' ? [stepTitle(step)] : [];
  });
}

function machinesOf(plan: Plan): MachineId[] {
  return [...new Set(plan.changes.flatMap(({ steps }) => steps.flatMap((step) => ('on' in step ? [step.on] : []))))];
}

function refuseEdited(plan: Plan): void {
  if (planDigest(plan) === plan.digest) return;
  throw new Refusal({
    seen: `The plan ${plan.id} is not as uccert made it: its digest does not match.`,
    matters: 'Steps that nobody checked would be carried out on live machines.',
    todo: 'Make a new plan with uccert plan.',
  });
}

function refuseWithoutConsent(plan: Plan, { acceptIrreversible }: ApplyOptions): void {
  // The steps themselves are asked too: what has no way back needs consent whatever the plan says of itself.
  const steps = plan.changes.flatMap((change) => change.steps).filter((step) => actionOf(step).undo === 'none');
  const said = plan.changes.flatMap(({ irreversible }) => irreversible);
  const lost = said.length > 0 ? said : steps.map(stepTitle);
  if (lost.length === 0 || acceptIrreversible) return;
  throw new Refusal({
    seen: `The plan cannot be taken back whole: ${lost.join('; ')}.`,
    matters: 'If the verification fails, that part stays changed.',
    todo: 'Add --accept-irreversible if that is understood.',
  });
}

function refuseOutsideWindow({ window }: Inventory): void {
  if (window === null || isInWindow(window, new Date())) return;
  throw new Refusal({
    seen: `It is outside the maintenance window, ${window.from} to ${window.to} ${window.timeZone}.`,
    matters: 'The plan restarts services that people work with.',
    todo: 'Apply it inside the window, or change the window in the inventory.',
  });
}

async function refuseWhenStale(plan: Plan, inventory: Inventory): Promise<void> {
  const now = await basisNow(plan, inventory);
  if (basisDigest(now) === plan.basedOn) return;
  throw new Refusal({
    seen: `The plan is stale. Since it was made this has changed:\n${basisDifference(plan.basis, now)
      .map((line) => `  ${line}`)
      .join('\n')}`,
    matters: 'Its steps were made for a world that is no longer there.',
    todo: 'Scan again and make a new plan.',
  });
}

async function basisNow(plan: Plan, inventory: Inventory): Promise<string[]> {
  const { snapshot, limits } = inventory;
  const named = new Set(plan.basis.map((line) => line.split(/[ :]/, 1)[0]));
  const machines = snapshot.machines.filter(({ id }) => named.has(id));
  const ids = new Set(machines.map(({ id }) => id));
  const [wire, stores] = await Promise.all([
    lookAtWire({ inventory: { ...snapshot, machines }, limits }),
    lookAtStores(inventory, ids),
  ]);
  return basisOf([...wire.observations, ...stores.observations], ids, snapshot);
}

/** One plan on its way. Its journal is its memory: what is done is asked there, never kept beside it. */
class Application {
  readonly #plan: Plan;
  readonly #inventory: Inventory;
  readonly #journal: Journal;
  readonly #options: ApplyOptions;
  readonly #reach: Reach;
  readonly #steps: readonly { readonly step: Step; readonly at: { readonly change: number; readonly step: number } }[];

  constructor(plan: Plan, inventory: Inventory, journal: Journal, options: ApplyOptions) {
    this.#plan = plan;
    this.#inventory = inventory;
    this.#journal = journal;
    this.#options = options;
    this.#reach = reachOf(inventory, plan.certificates);
    this.#steps = plan.changes.flatMap((change, place) =>
      change.steps.map((step, number) => ({ step, at: { change: place, step: number } })),
    );
  }

  async goForward(): Promise<Ended> {
    const { report, confirm } = this.#options;
    for (const [place, { step, at }] of this.#steps.entries()) {
      if (this.#was('step-done', at)) continue;
      const title = stepTitle(step);
      if (this.#options.isStopped?.() === true) throw this.#stoppedBefore(place);
      if (confirm !== undefined && !(await confirm(title))) return this.goBack(`stopped before: ${title}`);
      report({ event: 'step', number: place + 1, of: this.#steps.length, title });
      try {
        await this.#carryOut(step, at);
      } catch (error) {
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
    const begun = this.#steps.filter(({ at }) => this.#was('step-begun', at));
    const left: string[] = [];
    for (const { step, at } of begun.toReversed()) {
      const { undo } = actionOf(step);
      if (undo === 'none' && !this.#wasSkipped(at)) left.push(`${stepTitle(step)} (cannot be taken back)`);
      if (typeof undo !== 'function' || this.#was('step-undone', at)) continue;
      report({ event: 'undoing', title: stepTitle(step) });
      await this.#attempt(at, step, left, () => undo(step, this.#before(at), this.#reach));
    }
    for (const { step, at } of begun) {
      const action = actionOf(step);
      if (action.undo !== 'apply-again' || this.#was('step-undone', at)) continue;
      report({ event: 'undoing', title: stepTitle(step) });
      await this.#attempt(at, step, left, () => action.apply(step, this.#before(at), this.#reach));
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
    this.#journal.write({ event: 'step-done', ...at, skipped: isDone });
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
    const run = await trust(this.#inventoryNow(), { command: this.#options.command, judgeAt: null });
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

/** The services a plan restarts, with what stops meanwhile: what an operator consents to. */
export function outagesOf(changes: readonly Change[]): string[] {
  const lines = changes.flatMap(({ steps }) =>
    steps.flatMap((step) => (step.do === 'restart-service' ? [`${step.on}: ${step.service} (${step.outage})`] : [])),
  );
  return [...new Set(lines)];
}
