import { Refusal, UsageError } from '#model/errors.ts';
import type { Plan } from '#model/plan.ts';
import type { Step } from '#model/step.ts';
import { loadInventory, type Inventory } from '#inventory/load.ts';
import type { Reach } from '#remediations/actions/action.ts';
import { actionOf } from '#remediations/actions/index.ts';
import { stepTitle } from '#model/step-title.ts';
import { unreachedBy } from './access.ts';
import { Application, repliesFor } from './application.ts';
import type { ApplyOptions, Ended } from './apply-options.ts';
import { isChangedBefore } from './changed-before.ts';
import { refuseEdited } from './edited.ts';
import { Journal } from './journal.ts';
import { carrierOf, lockMachines } from './lock.ts';
import { journalFile, journalFolder, lockFolder, planStatus, refuseClosed, refuseUnbegun } from './begun-plans.ts';
import { refuseWhenMoved, refuseWhenStale } from './moved.ts';
import { refuseBesideHalfDone } from './other-plans.ts';
import { machinesOf } from './rests-on.ts';
import { reachOf } from './session.ts';
import { stepsInOrder } from './requests-first.ts';
import type { WayBack } from './way-back.ts';

/** Reads everything a plan would need and says what it would do; gives whether apply would be refused now. Changes nothing. */
export async function dryRun(plan: Plan, inventory: Inventory, options: ApplyOptions): Promise<boolean> {
  const journal = Journal.open(journalFile(options.stateFolder, plan.id));
  await refuseWhenStale(plan, journal, inventory);
  await refuseUnreached(plan, inventory);
  options.report({ event: 'checked' });
  const steps = stepsInOrder(plan).map(({ step }) => step);
  const replies = repliesFor(plan, inventory, journal.file, options);
  const reach = reachOf(inventory, plan, replies);
  const isRefused = await isStopped(new Application(plan, inventory, journal, options), options);
  for (const [place, step] of steps.entries()) {
    const outage = 'outage' in step ? step.outage : null;
    options.report({ event: 'would-do', number: place + 1, of: steps.length, title: stepTitle(step), outage });
    if (!isChangedBefore(step, steps.slice(0, place)) && (await isDoneAlready(step, reach)))
      options.report({ event: 'skipped', title: stepTitle(step) });
  }
  return isRefused;
}

/** Says what would stop it now, where something would. */
async function isStopped(application: Application, { report }: ApplyOptions): Promise<boolean> {
  try {
    await application.refuseWhileMet('apply');
    return false;
  } catch (error) {
    if (!(error instanceof Refusal)) throw error;
    report({ event: 'would-refuse', words: error.message });
    return true;
  }
}

/** Reads what the step would change. What only an earlier step brings forth cannot be read yet. */
async function isDoneAlready(step: Step, reach: Reach): Promise<boolean> {
  const action = actionOf(step);
  try {
    return action.isDone(step, await action.read(step, reach));
  } catch {
    return false;
  }
}

/** Carries out a plan: checks, locks, does each step, verifies with the detectors that found the faults, rolls back when they still find them. */
export async function apply(plan: Plan, inventory: Inventory, options: ApplyOptions): Promise<Ended> {
  refuseEdited(plan);
  refuseWithoutConsent(plan, options);
  const journal = Journal.open(journalFile(options.stateFolder, plan.id));
  if (journal.entries.length > 0) {
    throw new Refusal({
      seen: `The plan ${plan.id} was begun before: ${planStatus(options.stateFolder, plan.id)}. Its journal: ${journal.file}.`,
      matters: 'A plan is carried out once; after that the world is another.',
      todo:
        journal.outcome !== null || journal.isClosed
          ? 'Take a new run and make a new plan: uccert trust, then uccert plan.'
          : carrierOf(plan.id, lockFolder(options.stateFolder)) !== null
            ? 'Let that process go on.'
            : `Go on with it: uccert resume ${plan.id}`,
    });
  }
  const release = lockMachines(machinesOf(plan), plan.id, lockFolder(options.stateFolder));
  try {
    const passedOver = await refuseBesideHalfDone(plan, journalFolder(options.stateFolder));
    await refuseWhenStale(plan, journal, inventory);
    await refuseUnreached(plan, inventory);
    options.report({ event: 'checked' });
    for (const words of passedOver) options.report({ event: 'awaits', words });
    const application = new Application(plan, inventory, journal, options);
    await application.refuseWhileMet('apply');
    journal.write({ event: 'begun', plan, inventory: inventory.file });
    return await application.goForward();
  } finally {
    release();
  }
}

/** Goes on with a plan whose process ended half-way: forward where it went forward, back where it was rolling back. */
export async function resume(planId: string, options: ApplyOptions): Promise<Ended> {
  const { journal, plan, inventory } = begun(planId, options);
  refuseEnded(planId, journal);
  const rollingBack = journal.entries.find((entry) => entry.event === 'rolling-back');
  const release = lockMachines(machinesOf(plan), plan.id, lockFolder(options.stateFolder));
  try {
    const application = new Application(plan, inventory, journal, options);
    await refuseWhenMoved(plan, journal, inventory);
    if (rollingBack === undefined) await application.handInAll();
    else options.report({ event: 'awaits', words: 'It was being taken back when it stopped: that is gone on with.' });
    await application.refuseWhileMet(rollingBack === undefined ? 'resume' : 'roll-back');
    return await (rollingBack === undefined ? application.goForward() : application.goBack(rollingBack.because));
  } finally {
    release();
  }
}

/** Takes back what a plan did, as far as it can be taken back. */
export async function rollBack(planId: string, options: ApplyOptions): Promise<Ended> {
  const { journal, plan, inventory } = begun(planId, options);
  refuseTakenBack(planId, journal);
  const application = new Application(plan, inventory, journal, options);
  const { kept } = application.wayBack;
  refuseNothingToTakeBack(planId, journal, application.wayBack);
  const release = lockMachines(machinesOf(plan), plan.id, lockFolder(options.stateFolder));
  try {
    await refuseWhenMoved(plan, journal, inventory);
    if (kept.length > 0 && !options.acceptIrreversible) {
      throw new Refusal({
        seen: `The plan ${planId} has done what cannot be taken back: ${kept.join('; ')}.`,
        matters:
          'That stays, with all that makes the new certificate trusted; only the rest of the plan would be taken back.',
        todo: `Go forward instead: ${journal.outcome === null ? `uccert resume ${planId}` : 'leave it as it is'}. To take back the rest, add --accept-irreversible.`,
      });
    }
    await application.refuseWhileMet('roll-back');
    return await application.goBack('the operator asked for it');
  } finally {
    release();
  }
}

/** Throws `Refusal` where a plan has ended and nothing of it could be put back. */
function refuseNothingToTakeBack(planId: string, journal: Journal, { steps, kept }: WayBack): void {
  if (steps.some(({ how }) => how === 'put back')) return;
  const isUnderWay = journal.outcome === null;
  if (isUnderWay && (steps.length > 0 || kept.length === 0 || journal.isGoingBack)) return;
  throw new Refusal({
    seen: `The plan ${planId} has done nothing that can be taken back${kept.length === 0 ? '' : `: ${kept.join('; ')}`}.`,
    matters:
      kept.length === 0
        ? 'Its services would be restarted for nothing.'
        : 'What it did besides stays with that: without it nobody would trust the new certificate.',
    todo: isUnderWay
      ? `Go on with it: uccert resume ${planId}    Or leave it as it is: uccert roll-back ${planId} --close`
      : 'Leave it as it is. To go back to what was before, make and apply another plan: uccert trust, then uccert plan.',
  });
}

/** What is still to come of a plan: its steps, or its way back. */
export type StillToCome =
  { readonly way: 'forward'; readonly steps: readonly Step[] } | ({ readonly way: 'back' } & WayBack);

/** What going on with a plan, or taking it back, would do, in order. Asks no machine. */
export function stillToCome(planId: string, verb: 'resume' | 'roll-back', options: ApplyOptions): StillToCome {
  const { journal, plan, inventory } = begun(planId, options);
  (verb === 'resume' ? refuseEnded : refuseTakenBack)(planId, journal);
  const { ahead, wayBack } = new Application(plan, inventory, journal, options);
  if (verb === 'roll-back') refuseNothingToTakeBack(planId, journal, wayBack);
  return verb === 'roll-back' || journal.isGoingBack ? { way: 'back', ...wayBack } : { way: 'forward', steps: ahead };
}

function begun(planId: string, options: ApplyOptions): { journal: Journal; plan: Plan; inventory: Inventory } {
  refuseUnbegun(planId, options.stateFolder);
  const journal = Journal.open(journalFile(options.stateFolder, planId));
  const first = journal.entries[0];
  if (first?.event !== 'begun') throw new Error(`${planId} was not begun`);
  refuseClosed(planId, journal);
  return { journal, plan: first.plan, inventory: loadInventory(first.inventory) };
}

/** Throws `UsageError` where the plan has ended. */
export function refuseEnded(planId: string, journal: Journal): void {
  const outcome = journal.outcome;
  if (outcome === null) return;
  throw new UsageError({
    seen: `The plan ${planId} has ended: ${outcome.status.replace('-', ' ')}.`,
    matters: 'There is nothing left to go on with.',
    todo: 'See how things stand: uccert trust.',
  });
}

function refuseTakenBack(planId: string, journal: Journal): void {
  const outcome = journal.outcome;
  if (outcome === null || outcome.status === 'verified') return;
  throw new UsageError({
    seen: `The plan ${planId} has ended: ${outcome.status.replace('-', ' ')}.`,
    matters: 'What could be taken back was.',
    todo: outcome.status === 'stranded' ? outcome.next : 'See how things stand: uccert trust.',
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
    todo: `If that is understood: uccert apply ${plan.id} --accept-irreversible`,
  });
}

async function refuseUnreached(plan: Plan, inventory: Inventory): Promise<void> {
  const unreached = await unreachedBy(plan.changes, inventory);
  if (unreached.length === 0) return;
  throw new UsageError({
    seen: `What the plan needs cannot be reached:\n${unreached.map(({ what, because }) => `  ${what}: ${because}`).join('\n')}`,
    matters: 'It would stop half-way, with the change half done.',
    todo: 'Put it right and apply the plan again; nothing was changed.',
  });
}
