import { access, constants } from 'node:fs/promises';
import { messageOf, ProbeError } from '#model/errors.ts';
import type { MachineId } from '#model/names.ts';
import type { Change, Plan } from '#model/plan.ts';
import type { KeyStorePlace, Step } from '#model/step.ts';
import type { Inventory } from '#inventory/load.ts';
import { authorityNamed } from './authorities.ts';
import { onWindowsHost, openVos, openWindows } from './session.ts';
import { reachRequestPage } from './web-session.ts';

/**
 * Reaches everything the steps of a plan need, and changes nothing (requirement U00): signs in to each machine once with the credential
 * for changing, opens each key store and each authority, and looks whether each file may be written. What could not be reached, with the reason.
 */
export async function unreachedBy(
  changes: readonly Pick<Change, 'steps'>[],
  inventory: Inventory,
): Promise<Plan['unreached']> {
  const steps = changes.flatMap((change) => change.steps);
  const vos = new Set(
    steps.flatMap((step) =>
      step.via === 'vos' || (step.via === 'operator' && step.asks.for === 'domain') ? step.on : [],
    ),
  );
  const windows = new Set(steps.flatMap((step) => (step.via === 'java' || step.via === 'windows' ? step.on : [])));
  const authorities = new Set(steps.flatMap((step) => (step.do === 'obtain-reply' ? [step.authority] : [])));
  const pages = new Set(
    steps.flatMap((step) =>
      step.via === 'vos' && step.do === 'generate-request' && step.parentDomain === 'empty' ? [step.on] : [],
    ),
  );
  const files = new Set(steps.flatMap((step) => (step.do === 'write-file' ? [step.path] : [])));
  const found = await Promise.all([
    ...[...vos].map((id) => tried(commandLine(id), async () => (await openVos(inventory, id, 'change')).close())),
    ...[...windows].map((id) =>
      tried(commandLine(id), async () => (await openWindows(inventory, id, 'change')).close()),
    ),
    ...keyStoresIn(steps).map(([on, keyStore]) =>
      tried(`the key store ${keyStore.path} of ${on}`, () =>
        onWindowsHost(inventory, 'look', on, async (host) => host.open(keyStore)),
      ),
    ),
    ...inventory.snapshot.machines
      .filter(({ id }) => pages.has(id))
      .map((machine) =>
        tried(`OS Administration of ${machine.id}, with the credential for changing`, () =>
          reachRequestPage(inventory, machine).catch(onlyByHand),
        ),
      ),
    ...[...authorities].map((name) => tried(`the authority ${name}`, () => authorityNamed(name, inventory).reach())),
    ...[...files].map((path) => tried(path, () => writable(path))),
  ]);
  return found.filter((each) => each !== null);
}

/** Each once: what its password does not open is none to begin with. */
function keyStoresIn(steps: readonly Step[]): (readonly [MachineId, KeyStorePlace])[] {
  const places = steps.flatMap((step) => (step.do === 'back-up-store' ? [[step.on, step.keyStore] as const] : []));
  return [...new Map(places.map((place) => [`${place[0]} ${place[1].path}`, place])).values()];
}

function commandLine(machine: MachineId): string {
  return `the command line of ${machine}, with the credential for changing`;
}

/** No password goes to a server whose certificate proves nothing, though the plan is to replace just that one. */
function onlyByHand(error: unknown): never {
  if (!(error instanceof ProbeError) || error.failure.reason !== 'not-verified') throw error;
  const instead =
    'where the plan is to replace it, carry that change out by hand (uccert runbook), or have it made self-signed first and accepted by a client profile';
  throw new Error(`${error.message}, so that no password goes there: ${instead}`, { cause: error });
}

async function writable(path: string): Promise<void> {
  await access(path, constants.R_OK | constants.W_OK);
}

async function tried(what: string, reach: () => Promise<unknown>): Promise<Plan['unreached'][number] | null> {
  try {
    await reach();
    return null;
  } catch (error) {
    return { what, because: messageOf(error).split('\n')[0] ?? '' };
  }
}
