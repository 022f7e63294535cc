import type { Plan } from '#model/plan.ts';
import { machineOfStep, type Step } from '#model/step.ts';
import { placeOf, stepTitle } from '#model/step-title.ts';
import { actionOf } from '#remediations/actions/index.ts';
import { changedBy } from './changed-before.ts';
import type { Journal, StepPlace } from './journal.ts';

/** A step, and where in the plan it stands. */
export interface Placed {
  readonly step: Step;
  readonly at: StepPlace;
}

/** One thing that is done on the way back. */
export interface Backward extends Placed {
  /** `again`: taken up anew behind what was put back, as a restart is. */
  readonly how: 'put back' | 'again';
  readonly words: string;
}

/** What taking a plan back comes to. It is said beforehand and carried out from this one list. */
export interface WayBack {
  /** What is put back, the last first, then what is taken up anew. */
  readonly steps: readonly Backward[];
  /** Steps that stay done, as nothing takes them back. */
  readonly kept: readonly string[];
  /** Steps that could be taken back and stay with those: without them nobody would trust the certificate that is kept. */
  readonly keptWith: readonly string[];
  /** What the plan said beforehand cannot be taken back, and why. */
  readonly said: readonly string[];
  /** Steps that stay done and do no harm, as a request that waits. */
  readonly remains: readonly string[];
}

/** The steps of a plan, in order. */
export function placedSteps({ changes }: Pick<Plan, 'changes'>): Placed[] {
  return changes.flatMap(({ steps }, change) => steps.map((step, place) => ({ step, at: { change, step: place } })));
}

/** As the journal has it: what was found done already when it was begun is not taken back. */
export function wayBackOf(plan: Pick<Plan, 'changes'>, journal: Journal): WayBack {
  const begun = placedSteps(plan).filter(({ at }) => journal.was('step-begun', at));
  const done = begun.filter(({ step, at }) => !actionOf(step).isDone(step, journal.before(at)));
  const isOpen = ({ at }: Placed): boolean => !journal.was('step-undone', at);

  const undoIs = (word: 'apply-again' | 'remains' | 'with-backup'): Placed[] =>
    done.filter(({ step }) => actionOf(step).undo === word);
  // Where the plan said so beforehand, the identity of before cannot be had again though the step itself could be undone.
  const kept = done.filter(
    ({ step, at }) =>
      actionOf(step).undo === 'none' || (plan.changes[at.change]?.reversible === false && changedBy(step) !== null),
  );
  const staysWith = keptWith(kept, done);

  const undoable = done.flatMap((placed) => {
    const { undo } = actionOf(placed.step);
    if (typeof undo === 'string' || staysWith(placed)) return [];
    const words = `${placeOf(placed.step)}: ${undo.words(placed.step, journal.before(placed.at))}`;
    return [{ ...placed, how: 'put back' as const, words }];
  });
  const machines = new Set(undoable.map(({ step }) => machineOfStep(step)));
  const again = undoIs('apply-again')
    // What was stopped half-way itself is taken up, too.
    .filter(({ step, at }) => machines.has(machineOfStep(step)) || !journal.was('step-done', at))
    .map((placed) => ({ ...placed, how: 'again' as const, words: stepTitle(placed.step) }));
  return {
    steps: [...undoable.toReversed(), ...again].filter(isOpen),
    kept: kept.map(({ step }) => stepTitle(step)),
    keptWith: done
      .filter((placed) => {
        const { undo } = actionOf(placed.step);
        const isOfCopy = undo === 'with-backup' && copiesOf(placed.step, done).some(staysWith);
        return !kept.includes(placed) && (isOfCopy || (typeof undo !== 'string' && staysWith(placed)));
      })
      .map(({ step }) => stepTitle(step)),
    said: plan.changes
      .filter((_change, place) => kept.some(({ at }) => at.change === place))
      .flatMap(({ irreversible }) => irreversible),
    remains: [...undoIs('remains'), ...undoIs('with-backup').filter(({ step }) => isApart(step))].map(({ step }) =>
      stepTitle(step),
    ),
  };
}

/**
 * What stays with an identity that cannot be taken back: all of its own change, which hands it on; the authorities that any change imported for it; and the
 * copy of a key store that one of these is in.
 */
function keptWith(kept: readonly Placed[], done: readonly Placed[]): (placed: Placed) => boolean {
  const changes = new Set(kept.map(({ at }) => at.change));
  const isOfKept = ({ at }: Placed): boolean => changes.has(at.change);
  return (placed) =>
    changes.size > 0 &&
    (isOfKept(placed) ||
      isOfAuthority(placed.step) ||
      done.some((other) => isOfKept(other) && isInStoreOf(other.step, placed.step)));
}

/** The steps that copied the key store before this one changed it. */
function copiesOf(step: Step, done: readonly Placed[]): Placed[] {
  return done.filter(({ step: copy }) => isInStoreOf(step, copy));
}

/** Whether it is done in a file of the plan's own, which no service reads. */
function isApart(step: Step): boolean {
  return step.via === 'java' && step.keyStore.apart === true;
}

/** Whether it hands on what was known beforehand: more trust in that harms no other change. */
function isOfAuthority(step: Step): boolean {
  return step.do === 'import-certificate' && step.certificate.from === 'plan';
}

/** Whether a step changed the key store that the other step keeps a copy of. */
function isInStoreOf(step: Step, copy: Step): boolean {
  return (
    copy.do === 'back-up-store' &&
    step.via === 'java' &&
    step.on === copy.on &&
    step.keyStore.path === copy.keyStore.path
  );
}
