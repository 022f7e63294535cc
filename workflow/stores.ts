import type { Machine } from '#model/inventory.ts';
import type { MachineId, Sha256 } from '#model/names.ts';
import type { Observation } from '#model/observation.ts';
import type { Inventory } from '#inventory/load.ts';
import type { Haul } from '#probes/endpoint.ts';
import { inLanes } from '#probes/lanes.ts';
import { probeVosStores } from '#probes/vos-stores.ts';
import { productOf } from '#products/index.ts';
import { openVos } from './session.ts';
import type { WireEvidence } from './scan.ts';

/** Sign-ins at once over all machines; one at a time to each. */
const totalSessions = 8;

/** Reads the stores of the machines named (of all, where none is), over their own command lines. Changes nothing. */
export async function lookAtStores(inventory: Inventory, only?: ReadonlySet<MachineId>): Promise<WireEvidence> {
  const wanted = inventory.snapshot.machines.filter(({ id }) => only === undefined || only.has(id));
  const machines = wanted.filter(({ type }) => productOf(type).platform === 'vos');
  const hauls = new Map<MachineId, Haul>();
  await inLanes(
    machines,
    ({ id }) => id,
    { perLane: 1, total: totalSessions },
    ({ id, type }) => probeVosStores(id, productOf(type), () => openVos(inventory, id, 'read')),
    (haul, { id }) => hauls.set(id, haul),
  );
  const observations: Observation[] = wanted.flatMap(outOfReach);
  const certificates: Record<Sha256, string> = {};
  for (const { id } of machines) {
    const haul = hauls.get(id);
    if (haul === undefined) continue;
    observations.push(...haul.observations);
    for (const [digest, der] of haul.certificates) certificates[digest] = der.toString('base64');
  }
  return { observations, certificates };
}

/** The stores of a Windows machine: nothing leads there yet, and reports must say so instead of asking for another command. */
function outOfReach({ id, type }: Machine): Observation[] {
  const { platform, stores } = productOf(type);
  if (platform !== 'windows') return [];
  return [...new Set(stores.map(({ trust }) => trust))].map((store) => ({
    kind: 'trust-store',
    place: { at: 'store', machine: id, store },
    at: new Date().toISOString(),
    outcome: 'failed',
    failure: { reason: 'no-transport', machine: id },
  }));
}
