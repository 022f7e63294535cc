import type { Plan, Step } from '#model/plan.ts';
import { apartFrom } from '#remediations/actions/windows-host.ts';
import type { Journal } from './journal.ts';
import { placedSteps } from './way-back.ts';

/** Files of a plan that stay on machines however it ended, as far as it was begun: where each is, and what it holds. */
export function filesLeft(plan: Pick<Plan, 'id' | 'changes'>, journal: Pick<Journal, 'was'>): string[] {
  const begun = placedSteps(plan).filter(({ at }) => journal.was('step-begun', at));
  return [...new Set(begun.flatMap(({ step }) => fileOf(step, plan.id) ?? []))];
}

function fileOf(step: Step, id: string): string | null {
  if (step.via === 'java' && step.do === 'back-up-store')
    return `${step.on}: ${step.keyStore.path}.${id} (the key store of before${step.keyStore.format === 'JCEKS' ? ', with its private keys' : ''})`;
  if (step.do === 'generate-key-pair' && step.via === 'java' && step.keyStore.apart === true)
    return `${step.on}: ${apartFrom(step.keyStore.path, id)} (the new key, until it was taken over or taken back)`;
  if (step.do !== 'generate-request' || step.via === 'vos') return null;
  const unit = step.via === 'java' ? step.alias : step.unit;
  return `${step.on}: %TEMP%\\uccert-${id}-${unit.replaceAll(' ', '-')}.csr (a request)`;
}
