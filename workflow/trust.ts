import type { ObservationKind } from '#model/observation.ts';
import type { Run } from '#model/run.ts';
import { faults } from '#faults/index.ts';
import { storeJudges } from '#faults/judge-by-stores.ts';
import type { Inventory } from '#inventory/load.ts';
import { makeRun } from './make-run.ts';
import { lookAtWire, wireQuestion, type Progress } from './scan.ts';
import { lookAtStores } from './stores.ts';

/** Faults that need the stores beside the wire. */
const storeFaults = faults.filter(({ judges }) => storeJudges.some((sort) => sort === judges));

const storeKinds: readonly ObservationKind[] = [
  'identity-store',
  'trust-store',
  'key-store',
  'pending-request',
  'binding',
];

/** Probes the wire, reads the stores, and judges both. */
export async function trust(
  inventory: Inventory,
  request: { readonly command: readonly string[]; readonly judgeAt: Date | null; readonly deep: boolean },
  progress?: Progress,
): Promise<Run> {
  const startedAt = new Date();
  const { snapshot, limits } = inventory;
  const { deep } = request;
  const [wire, stores] = await Promise.all([
    lookAtWire({ inventory: snapshot, limits, deep }, progress),
    lookAtStores(inventory),
  ]);
  const { asked, faults: chosen } = wireQuestion({ inventory: snapshot, deep }, ['stores']);
  const all = [...chosen, ...storeFaults];
  return makeRun({
    ...request,
    startedAt,
    faults: all,
    asked: {
      faults: all.map(({ id }) => id),
      kinds: [...asked.kinds, ...storeKinds],
      notAsked: asked.notAsked,
    },
    inventory: snapshot,
    observations: [...wire.observations, ...stores.observations],
    certificates: { ...inventory.certificates, ...wire.certificates, ...stores.certificates },
  });
}
