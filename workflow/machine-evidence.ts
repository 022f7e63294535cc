import { UsageError } from '#model/errors.ts';
import type { Machine } from '#model/inventory.ts';
import type { MachineId, Sha256 } from '#model/names.ts';
import type { Observation, ObservationKind } from '#model/observation.ts';
import type { Run } from '#model/run.ts';
import type { Inventory } from '#inventory/load.ts';
import { productOf } from '#products/index.ts';
import type { WireEvidence } from './scan.ts';
import { lookAtStores } from './stores.ts';

/** What is known of the machine that files are meant for, and when it was. */
export interface MachineEvidence extends WireEvidence {
  readonly at: Date;
}

/** What an upload meets: the requests that wait, the identities, the trust. */
const kinds: readonly ObservationKind[] = ['pending-request', 'identity-store', 'trust-store'];

/** Signs in to the machine and reads it. Changes nothing. Throws `UsageError` where its requests are not read. */
export async function readMachine(inventory: Inventory, { id, type }: Machine): Promise<MachineEvidence> {
  if (productOf(type).platform !== 'vos')
    throw new UsageError({
      seen: `${id} is no machine with Unified OS Administration.`,
      matters: 'Only there requests wait, and only there they are read.',
      todo: 'Leave --live out; give the request with --request and the key store with --store.',
    });
  const at = new Date();
  return { ...about(id, await lookAtStores(inventory, new Set([id]))), at };
}

/** Whether the run itself asked the machine which requests wait on it. */
export function isReadIn({ asked, observations }: Run, { id }: Pick<Machine, 'id'>): boolean {
  // A check keeps what another run saw: taken from there, it would look younger than it is.
  const isSeenByItself = !asked.kinds.includes('certificate-file');
  return isSeenByItself && observations.some(({ kind, place }) => kind === 'pending-request' && place.machine === id);
}

/** The same as a kept run has it. Throws `UsageError` where the run did not read the machine. */
export function machineInRun(run: Run, { id }: Pick<Machine, 'id'>): MachineEvidence {
  if (isReadIn(run, { id })) return { ...about(id, run), at: new Date(run.startedAt) };
  throw new UsageError({
    seen: `The run ${run.id} did not ask ${id} which requests wait on it.`,
    matters: 'Whether the machine will take the file as a reply could not be judged.',
    todo: 'Make a run that reads the stores: uccert trust. Or ask the machine now: --live.',
  });
}

function about(machine: MachineId, { observations, certificates }: WireEvidence): WireEvidence {
  const own = observations.filter(({ kind, place }) => kinds.includes(kind) && place.machine === machine);
  const named = new Set(own.flatMap(certificatesIn));
  return {
    observations: own,
    certificates: Object.fromEntries(Object.entries(certificates).filter(([digest]) => named.has(digest as Sha256))),
  };
}

function certificatesIn(observation: Observation): readonly Sha256[] {
  if (observation.outcome === 'failed') return [];
  if (observation.kind === 'trust-store') return observation.value.entries.map(({ certificate }) => certificate);
  if (observation.kind !== 'identity-store' || observation.value.certificate === null) return [];
  return [observation.value.certificate, ...(observation.value.issuers ?? [])];
}
