import { readFileSync } from 'node:fs';
import type { Inventory } from '#inventory/load.ts';
import { keep } from '#inventory/pem-file.ts';
import { failureWords } from '#model/failure-words.ts';
import { UsageError } from '#model/errors.ts';
import type { InventorySnapshot, Machine } from '#model/inventory.ts';
import { usualThresholds } from '#model/thresholds.ts';
import type { ClientId, MachineId, Sha256 } from '#model/names.ts';
import { audiences } from '#model/vocabulary.ts';
import { visible } from '#reports/escape.ts';
import { check, type CheckRequest } from '#workflow/check.ts';
import type { MachineEvidence } from '#workflow/machine-evidence.ts';
import type { CheckArguments } from './arguments.ts';
import { exitCode, worst, type ExitCode } from './exit-codes.ts';
import { finish, readyToKeep } from './finish.ts';
import { machineTypeOf, releaseOf, unitOf } from './machine-options.ts';
import { inventoryFile } from './places.ts';
import { readAnchors } from './targets.ts';
import { say } from './terminal.ts';

const passwordVariable = 'UCCERT_STORE_PASSWORD';

/** Judges the files named, keeps the run and prints it. A path that leads to nothing is said, and the others are judged. */
export async function runCheck(wanted: CheckArguments): Promise<ExitCode> {
  const request = await requestOf(wanted);
  readyToKeep(wanted);
  const { run, unreachable } = check(request);
  const verdict = await finish(run, wanted);
  // A report says it in its own place; without one it is said here.
  if (wanted.quiet || wanted.json) {
    for (const { place, ...observation } of run.observations) {
      if (place.at !== 'file' || observation.outcome !== 'failed') continue;
      const { seen, advice } = failureWords(observation.failure);
      say(visible(`${place.path}: ${seen}`));
      say('Nothing in it was judged.');
      say(visible(advice));
    }
  }
  return unreachable.length > 0 ? worst(verdict, exitCode.usage) : verdict;
}

async function requestOf(wanted: CheckArguments): Promise<CheckRequest> {
  const { machine, isMachineKnown, inventory, certificates, whole } = await machineOf(wanted);
  const names = wanted.name ?? (wanted.for === undefined || machine.fqdn === null ? [] : [machine.fqdn]);
  const { request = [], intermediates = [], store = [] } = wanted;
  const anchors = wanted.anchors ?? [];
  return {
    command: ['uccert', ...process.argv.slice(2)],
    inventory: withAnchors(inventory, anchors, certificates),
    certificates,
    machine: machine.id,
    isMachineKnown,
    paths: { store, request, anchors, intermediates, checked: wanted.file },
    names,
    unit: unitOf(wanted.unit, machine.type),
    password: passwordOf(wanted['password-file']),
    judgeAt: wanted.at,
    known: await knownOf(wanted, machine, whole),
  };
}

/** What the machine itself holds, as it says now or as a run has it; null where neither was asked. */
async function knownOf(
  wanted: CheckArguments,
  machine: Machine,
  inventory: Inventory | null,
): Promise<MachineEvidence | null> {
  const { live, from } = wanted;
  if (!live && from === undefined) return null;
  if (live && from !== undefined)
    throw new UsageError({
      seen: '--live was given with --from.',
      matters: 'What the machine says now may differ from what the run saw; it would be unclear which counts.',
      todo: 'Name one or the other.',
    });
  if (inventory === null)
    throw new UsageError({
      seen: `${live ? '--live' : '--from'} was given without --for.`,
      matters: 'Which machine is to take the files was not said.',
      todo: 'Add --for and the name of a machine of the inventory.',
    });
  const { isReadIn, machineInRun, readMachine } = await import('#workflow/machine-evidence.ts');
  if (from === undefined) return readMachine(inventory, machine);
  const { runNamed } = await import('./run-named.ts');
  return machineInRun(runNamed(from, { quiet: wanted.quiet, willDo: (run) => isReadIn(run, machine) }), machine);
}

interface MeantFor {
  readonly machine: Machine;
  readonly isMachineKnown: boolean;
  readonly inventory: InventorySnapshot;
  readonly certificates: Record<Sha256, string>;
  /** Null for a machine made of the options: nobody knows how to sign in to it. */
  readonly whole: Inventory | null;
}

/** The machine of --for, else one made of the options. */
async function machineOf(wanted: CheckArguments): Promise<MeantFor> {
  const type = machineTypeOf(wanted['machine-type']);
  const release = releaseOf(wanted.release);
  if (wanted.for === undefined) {
    if (wanted.inventory !== undefined)
      throw new UsageError({
        seen: '--inventory was given without --for.',
        matters: 'The inventory says what its machines are, and none was named.',
        todo: 'Add --for and the name of a machine, or leave the inventory out.',
      });
    const machine: Machine = {
      id: 'machine' as MachineId,
      type: type ?? 'TLS_SERVER',
      fqdn: wanted.name?.[0] ?? null,
      release,
      address: null,
      certificates: null,
      ports: [],
      connect: {},
    };
    return {
      machine,
      isMachineKnown: type !== null,
      inventory: {
        file: null,
        deployment: null,
        release,
        machines: [machine],
        clients: [],
        thresholds: usualThresholds,
      },
      certificates: {},
      whole: null,
    };
  }
  if (type !== null || release !== null)
    throw new UsageError({
      seen: '--for was given with --machine-type or --release.',
      matters: 'What the machine is comes from the inventory; it would be unclear which counts.',
      todo: 'Name one or the other.',
    });
  const { loadInventory } = await import('#inventory/load.ts');
  const whole = loadInventory(inventoryFile(wanted.inventory));
  const { snapshot, certificates, file } = whole;
  const machine = snapshot.machines.find(({ id, fqdn }) => id === wanted.for || fqdn === wanted.for?.toLowerCase());
  if (machine === undefined)
    throw new UsageError({
      seen: `There is no machine ${wanted.for} in ${file}.`,
      matters: 'The rules that apply depend on the machine.',
      todo: `Name one of ${snapshot.machines.map(({ id }) => id).join(', ')}.`,
    });
  return { machine, isMachineKnown: true, inventory: snapshot, certificates: { ...certificates }, whole };
}

/** The inventory with a client of the command line that trusts these anchors; without any it is as it was. */
function withAnchors(
  inventory: InventorySnapshot,
  files: readonly string[],
  certificates: Record<Sha256, string>,
): InventorySnapshot {
  if (files.length === 0) return inventory;
  const anchors = files.flatMap(readAnchors).map((der) => keep(der, certificates));
  const client = { id: 'command-line' as ClientId, anchors, accepted: [], audiences: [...audiences] };
  return { ...inventory, clients: [...inventory.clients, client] };
}

/**
 * Never an option: what stands on a command line, everybody on the machine can read. An empty one is a password like any other,
 * to PKCS #12 and to Java; null where none was given.
 */
function passwordOf(file: string | undefined): string | null {
  if (file === undefined) return process.env[passwordVariable] ?? null;
  return readFileSync(file, 'utf8').split(/\r?\n/, 1)[0] ?? '';
}
