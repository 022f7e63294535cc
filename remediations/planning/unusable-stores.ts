import type { FaultId } from '#faults/index.ts';
import type { Subject } from '#model/finding.ts';
import type { MachineId } from '#model/names.ts';
import type { Target } from '#model/plan.ts';
import type { Step } from '#model/step.ts';

/** A key store that its services would not open again, and why. */
export interface UnusableStore {
  readonly machine: MachineId;
  readonly store: string;
  readonly because: string;
}

/**
 * What keeps services from opening their key store at the next restart. Java opens every key of it with one password, so that the key of
 * another service is in the way, too.
 */
const reasons: Readonly<Partial<Record<FaultId, string>>> = {
  'keystore-format-wrong': 'its format is wrong',
  'key-password-differs': 'a key in it has another password than the key store',
  'identity-alias-missing': 'it lacks a key that its services present',
};
const inTheWay: ReadonlyMap<string, string> = new Map(Object.entries(reasons));

/** The key stores that are not to be worked on, as long as nothing mends what was found about them. */
export function unusableStores(unmended: readonly Pick<Target, 'fault' | 'subject'>[]): UnusableStore[] {
  return unmended.flatMap(({ fault, subject }) => {
    const what = inTheWay.get(fault);
    return what === undefined || subject.scope !== 'store' ? [] : [unusable(subject, what, fault)];
  });
}

function unusable({ machine, store }: Subject & { scope: 'store' }, what: string, fault: string): UnusableStore {
  const because = `the key store ${store} of ${machine} would be changed and its services restarted, and they would not come up: ${what}; first mend that (${fault})`;
  return { machine, store, because };
}

/** Why these steps are not to be done: the first key store among those that they would change, or whose services they would restart. */
export function inTheWayOf(steps: readonly Step[], stores: readonly UnusableStore[]): string | null {
  return stores.find((each) => steps.some((step) => concerns(step, each)))?.because ?? null;
}

function concerns(step: Step, { machine, store }: UnusableStore): boolean {
  if (!('on' in step) || step.on !== machine) return false;
  return step.via === 'java' ? step.keyStore.store === store : 'outage' in step;
}
