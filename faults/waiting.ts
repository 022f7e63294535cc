import type { Machine } from '#model/inventory.ts';
import type { Sha256 } from '#model/names.ts';
import { storesOn } from '#products/index.ts';
import type { WaitingRequest } from './define-fault.ts';
import type { Obtained } from './obtained.ts';
import { requestOf } from './on-machine.ts';
import type { Scene } from './scene.ts';

/** The requests that wait for one purpose, or for every one that the machine lists. */
export function waitingOn(scene: Scene, machine: Machine, unit: string | null): Obtained<readonly WaitingRequest[]> {
  const found: WaitingRequest[] = [];
  for (const store of unit === null ? purposesOn(scene, machine) : [unit]) {
    const pending = scene.obtain('pending-request', { at: 'store', machine: machine.id, store });
    if ('missing' in pending) return pending;
    const { request } = pending.value;
    if (request !== null) found.push({ unit: store, request: requestOf(request) });
  }
  return { value: found };
}

function purposesOn({ observations }: Scene, machine: Machine): readonly string[] {
  const listed = observations.flatMap(({ kind, place }) =>
    kind === 'pending-request' && place.machine === machine.id ? [place.store] : [],
  );
  return listed.length > 0 ? listed : storesOn(machine).map(({ identity }) => identity);
}

/** The certificates that the machine has as its identities. */
export function heldBy({ observations }: Scene, machine: Machine): readonly Sha256[] {
  return observations.flatMap((observation) => {
    if (observation.kind !== 'identity-store' || observation.outcome !== 'recorded') return [];
    const { certificate } = observation.value;
    return observation.place.machine === machine.id && certificate !== null ? [certificate] : [];
  });
}
