import { machineOfStep, type Change, type Step } from '#model/plan.ts';

/**
 * The same changes with the fewest restarts: what several of them restart is restarted once, behind the last of them, and what a reboot
 * of the machine takes up is not restarted by itself. A change that has no step left of its own is cleared by the one that has them.
 */
export function fewestRestarts(changes: readonly Change[]): Change[] {
  const seen = new Set<string>();
  const rebooted = new Set<string>();
  const waitedFor = new Map<string, number[]>();
  const kept = changes.toReversed().map((change) => {
    const steps = change.steps.toReversed().filter((step) => {
      const machine = machineOfStep(step);
      // An option that reboots the machine is taken back first: what is taken back after it needs the restarts of its own.
      if (step.do === 'restart-machine') rebooted.add(machine ?? '');
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

/** What lost all its steps rests on those of another change: it is cleared, and what it could break is watched, with the next one, or the last. */
function withoutEmpty(changes: readonly Change[]): Change[] {
  const left: Change[] = [];
  let resting: Change[] = [];
  for (const change of changes) {
    if (change.steps.length === 0) {
      resting.push(change);
      continue;
    }
    left.push(together(change, resting));
    resting = [];
  }
  const last = left.pop();
  return last === undefined ? [] : [...left, together(last, resting)];
}

function together(change: Change, resting: readonly Change[]): Change {
  const all = [change, ...resting];
  return {
    ...change,
    targets: all.flatMap(({ targets }) => targets),
    keeps: all.flatMap(({ keeps }) => keeps),
    reversible: all.every(({ reversible }) => reversible),
    irreversible: all.flatMap(({ irreversible }) => irreversible),
  };
}
