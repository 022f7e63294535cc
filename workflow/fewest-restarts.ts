import { machineOfStep, type Change, type Step } from '#model/plan.ts';

/** A change as it is put together. */
type Draft = Omit<Change, 'steps' | 'targets'> & {
  readonly steps: readonly Step[];
  readonly targets: Change['targets'];
};

/**
 * The same changes with the fewest restarts: what several of them restart is restarted once, behind the last of them, and what a reboot
 * of the machine takes up is not restarted by itself. A change that has no step left of its own is cleared by the one that has them.
 */
export function fewestRestarts<D extends Draft>(changes: readonly D[]): D[] {
  const seen = new Set<string>();
  const rebooted = new Set<string>();
  const waitedFor = new Map<string, number[]>();
  const kept = changes.toReversed().map((change) => {
    const steps = change.steps.toReversed().filter((step) => {
      const machine = machineOfStep(step);
      if (step.do === 'restart-machine' || step.do === 'set-option') rebooted.add(machine ?? '');
      else if (step.do === 'restart-service' && rebooted.has(machine ?? '')) return false;
      if (step.do !== 'restart-machine' && step.do !== 'restart-service' && step.do !== 'wait-for') return true;
      const key =
        step.do === 'restart-service'
          ? `${step.on} ${step.service}`
          : `${step.on} ${step.do === 'wait-for' ? step.unit : 'reboot'}`;
      if (step.do === 'wait-for') waitedFor.set(key, [...(waitedFor.get(key) ?? []), ...step.ports]);
      if (seen.has(key)) return false;
      seen.add(key);
      return true;
    });
    return { change, steps: steps.toReversed() };
  });
  const whole = kept.toReversed().map(({ change, steps }) => ({
    ...change,
    steps: steps.map((step): Step => {
      if (step.do !== 'wait-for') return step;
      const ports = [...new Set(waitedFor.get(`${step.on} ${step.unit}`))].sort((a, b) => a - b);
      return { ...step, ports };
    }),
  }));
  return withoutEmpty(whole);
}

/** What lost all its steps rests on the restarts of a later change, and is cleared with it. */
function withoutEmpty<D extends Draft>(changes: readonly D[]): D[] {
  const left: D[] = [];
  for (const [place, change] of changes.entries()) {
    if (change.steps.length > 0) {
      left.push(change);
      continue;
    }
    const heir = changes.slice(place + 1).find(({ steps }) => steps.length > 0);
    heir?.targets.push(...change.targets);
  }
  return left;
}
