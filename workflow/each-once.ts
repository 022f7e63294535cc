import type { Change } from '#model/plan.ts';
import type { Step } from '#model/step.ts';

/**
 * The same changes with one back-up of each key store, before the first step on it, and every certificate that the plan carries once
 * into each store: what is put back undoes them for all.
 */
export function eachOnce(changes: readonly Change[]): Change[] {
  const done = new Set<string>();
  return changes.map((change) => ({
    ...change,
    steps: change.steps.filter((step) => {
      const what = onceOnly(step);
      if (what === null) return true;
      const isFirst = !done.has(what);
      done.add(what);
      return isFirst;
    }),
  }));
}

/** What a step does that need not be done again; null where it must. A certificate that comes to be is another one each time. */
export function onceOnly(step: Step): string | null {
  if (step.do === 'back-up-store') return `${step.on} ${step.keyStore.path}`;
  if (step.do !== 'import-certificate' || step.certificate.from !== 'plan') return null;
  const store = step.via === 'java' ? step.keyStore.path : step.store;
  return `${step.on} ${store} ${step.certificate.sha256}`;
}
