import type { Machine } from '#model/inventory.ts';
import type { MachineId, Sha256 } from '#model/names.ts';
import type { Observation } from '#model/observation.ts';
import type { Inventory } from '#inventory/load.ts';
import type { Haul } from '#probes/endpoint.ts';
import { inLanes } from '#probes/lanes.ts';
import { probeVosStores } from '#probes/vos-stores.ts';
import { probeWindowsStores } from '#probes/windows-stores.ts';
import { productOf } from '#products/index.ts';
import { hasCertificateApi } from '#products/certificate-units.ts';
import { openVos, openWindows, storePasswords } from './session.ts';
import { pagesOf, snapshotOf } from './web-session.ts';
import type { WireEvidence } from './scan.ts';

/** Sign-ins at once over all machines; one at a time to each. */
const totalSessions = 8;

/** Reads the stores of the machines named (of all, where none is), over their own command lines. Changes nothing. */
export async function lookAtStores(inventory: Inventory, only?: ReadonlySet<MachineId>): Promise<WireEvidence> {
  const wanted = inventory.snapshot.machines.filter(({ id }) => only === undefined || only.has(id));
  const machines = wanted.filter(({ type }) => productOf(type).platform !== 'none');
  const hauls = new Map<MachineId, Haul>();
  await inLanes(
    machines,
    ({ id }) => id,
    { perLane: 1, total: totalSessions },
    (machine) => storesOf(machine, inventory),
    (haul, { id }) => hauls.set(id, haul),
  );
  const observations: Observation[] = [];
  const certificates: Record<Sha256, string> = {};
  for (const { id } of machines) {
    const haul = hauls.get(id);
    if (haul === undefined) continue;
    observations.push(...haul.observations);
    for (const [digest, der] of haul.certificates) certificates[digest] = der.toString('base64');
  }
  return { observations, certificates };
}

async function storesOf(machine: Machine, inventory: Inventory): Promise<Haul> {
  const { id, type } = machine;
  if (productOf(type).platform === 'vos') {
    const api = hasCertificateApi(type, machine.release) ? [() => snapshotOf(inventory, machine)] : [];
    const others = [...api, () => pagesOf(inventory, machine)];
    return probeVosStores(machine, () => openVos(inventory, id, 'read'), others);
  }
  return probeWindowsStores(machine, {
    open: () => openWindows(inventory, id, 'read'),
    passwords: storePasswords(inventory, id),
  });
}
