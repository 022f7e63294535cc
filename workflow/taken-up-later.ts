import { machineOfStep, type Change, type Step } from '#model/plan.ts';
import { stepTitle } from '#model/step-title.ts';

/** Restarts of later changes on the machines that a change is about, each with its number: what several changes restart is restarted behind the last. */
export function takenUpLater(changes: readonly Pick<Change, 'steps'>[], at: number): string[] {
  const own = changes[at]?.steps ?? [];
  const machines = new Set(own.filter((step) => !isRestart(step)).map(machineOfStep));
  return changes.flatMap(({ steps }, change) =>
    steps.flatMap((step, place) => {
      if (change <= at || !isRestart(step) || !machines.has(machineOfStep(step))) return [];
      return [`${stepTitle(step)}: restarted in ${String(change + 1)}.${String(place + 1)}, where its check stands.`];
    }),
  );
}

function isRestart({ do: kind }: Step): boolean {
  return kind === 'restart-service' || kind === 'restart-machine';
}
