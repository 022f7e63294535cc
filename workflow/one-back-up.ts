import type { Change } from '#model/plan.ts';

/** The same changes with one back-up of each key store, before the first step on it: what is put back then undoes them all. */
export function oneBackUp(changes: readonly Change[]): Change[] {
  const copied = new Set<string>();
  return changes.map((change) => ({
    ...change,
    steps: change.steps.filter((step) => {
      if (step.do !== 'back-up-store') return true;
      const file = `${step.on} ${step.keyStore.path}`;
      const isFirst = !copied.has(file);
      copied.add(file);
      return isFirst;
    }),
  }));
}
