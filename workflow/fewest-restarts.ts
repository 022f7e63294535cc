import type { Change } from '#model/plan.ts';
import { machineOfStep, type Step } from '#model/step.ts';

/**
 * The same changes with the fewest restarts: what several of them restart is restarted once, behind the last of them, and what a reboot
 * of the machine takes up is not restarted by itself. What is left of the restarts of a VOS machine stands together. A change that has no
 * step left of its own is cleared by the one that has them.
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
  return withoutEmpty(oldOnesLast(changes, eachMachineOnce(whole)));
}

/**
 * The restarts of a VOS machine moved to where the last change restarts it: people would lose it twice, and its ports would show two
 * certificates meanwhile. Not past a change that waits for people, who may take days.
 */
function eachMachineOnce(changes: readonly Change[]): Change[] {
  const moved = changes.map((change) => ({ ...change, steps: [...change.steps] }));
  for (const [at, change] of moved.entries()) {
    for (const machine of new Set(change.steps.filter(isRestart).map(machineOfStep))) {
      const isOwn = (step: Step): boolean => isRestart(step) && machineOfStep(step) === machine;
      const behind = moved.slice(at + 1);
      const next = behind.findIndex(({ steps }) => steps.some(isOwn));
      const later = behind[next];
      if (later === undefined || behind.slice(0, next + 1).some(waitsForPeople)) continue;
      later.steps.splice(later.steps.findIndex(isOwn), 0, ...change.steps.filter(isOwn));
      change.steps = change.steps.filter((step) => !isOwn(step));
    }
  }
  return moved;
}

function isRestart(step: Step): boolean {
  return step.via === 'vos' && step.do === 'restart-service';
}

/**
 * What a change does in the end, taking the old certificate from those who trust it, moved behind everything where restarts of it were
 * moved: until then it is presented.
 */
function oldOnesLast(asDrafted: readonly Change[], changes: readonly Change[]): Change[] {
  const last: Step[] = [];
  const rest = changes.map((change, at) => {
    const drafted = asDrafted[at]?.steps ?? [];
    const tail = change.steps.slice(change.steps.findLastIndex((step) => !takesOldAway(step)) + 1);
    const hasAll = drafted.filter(isRestart).every((step) => change.steps.includes(step));
    if (hasAll || tail.length === 0) return change;
    last.push(...tail);
    return { ...change, steps: change.steps.slice(0, -tail.length) };
  });
  const end = rest.pop();
  return end === undefined ? [] : [...rest, { ...end, steps: [...end.steps, ...last] }];
}

function takesOldAway(step: Step): boolean {
  return step.do === 'remove-certificate' || (step.do === 'write-file' && step.replaces !== null);
}

function waitsForPeople({ steps }: Change): boolean {
  return steps.some((step) => step.do === 'obtain-reply' || step.do === 'ask-operator');
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
  const brings = all.flatMap((each) => each.brings ?? []);
  return {
    ...change,
    ...(brings.length === 0 ? {} : { brings }),
    targets: all.flatMap(({ targets }) => targets),
    keeps: all.flatMap(({ keeps }) => keeps),
    reversible: all.every(({ reversible }) => reversible),
    irreversible: all.flatMap(({ irreversible }) => irreversible),
  };
}
