import type { Plan } from '#model/plan.ts';
import type { Step, StepOf } from '#model/step.ts';
import { apartFrom } from '#remediations/actions/windows-host.ts';
import type { Journal } from './journal.ts';
import { placedSteps } from './way-back.ts';

/** Files of a plan that stay on machines however it ended, as far as it was begun: where each is, and what it holds. */
export function filesLeft(plan: Pick<Plan, 'id' | 'changes'>, journal: Pick<Journal, 'was'>): string[] {
  const begun = placedSteps(plan).filter(({ at }) => journal.was('step-begun', at));
  // The key apart goes when it is taken over, and when the copy of its key store is put back.
  const isGone = ({ on, keyStore: { path }, alias }: StepOf<'java', 'generate-key-pair'>): boolean =>
    begun.some(
      ({ step, at }) =>
        step.via === 'java' &&
        step.on === on &&
        step.keyStore.path === path &&
        ((step.do === 'import-key-pair' && step.alias === alias && journal.was('step-done', at)) ||
          (step.do === 'back-up-store' && journal.was('step-undone', at))),
    );
  const left = begun.filter(({ step }) => step.do !== 'generate-key-pair' || step.via !== 'java' || !isGone(step));
  return [...new Set(left.flatMap(({ step }) => fileOf(step, plan.id) ?? []))];
}

function fileOf(step: Step, id: string): string | null {
  if (step.via === 'java' && step.do === 'back-up-store')
    return `${step.on}: ${step.keyStore.path}.${id} (the key store of before${step.keyStore.format === 'JCEKS' ? ', with its private keys' : ''})`;
  if (step.do === 'generate-key-pair' && step.via === 'java' && step.keyStore.apart === true)
    return `${step.on}: ${apartFrom(step.keyStore.path, id)} (the new key)`;
  if (step.do !== 'generate-request' || step.via === 'vos') return null;
  const unit = step.via === 'java' ? step.alias : step.unit;
  return `${step.on}: %TEMP%\\uccert-${id}-${unit.replaceAll(' ', '-')}.csr (a request)`;
}
