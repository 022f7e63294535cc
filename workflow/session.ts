import { sha256 } from '#model/digest.ts';
import { ProbeError, UsageError } from '#model/errors.ts';
import type { Machine } from '#model/inventory.ts';
import type { MachineId, Sha256 } from '#model/names.ts';
import { requestsOfPem } from '#model/pem.ts';
import type { Plan } from '#model/plan.ts';
import type { Inventory } from '#inventory/load.ts';
import { loadSecret } from '#inventory/secret.ts';
import { targetsOf } from '#probes/endpoint.ts';
import { addressOf, locate } from '#probes/names.ts';
import { usualOffer } from '#probes/wire/client-hello.ts';
import { look } from '#probes/wire/look.ts';
import type { StorePasswords } from '#probes/key-store-password.ts';
import { probeWindowsStores } from '#probes/windows-stores.ts';
import { productOf } from '#products/index.ts';
import type { Reach, Replies } from '#remediations/actions/action.ts';
import type { WindowsHost } from '#remediations/actions/windows-host.ts';
import type { SshAccess } from '#transports/ssh.ts';
import { pendingRequests, showIdentity } from '#transports/vos-certificates.ts';
import { makeRequestWithoutNames } from './web-session.ts';
import { VosCli } from '#transports/vos-cli.ts';
import { personalCertificates } from '#transports/windows-store.ts';
import { WindowsShell, type Fetched } from '#transports/windows.ts';
import { windowsHost } from './windows-host.ts';

/** What a session is for: the credential for reading, or the one for changing. */
export type Purpose = 'read' | 'change';

/** Milliseconds for an ordinary command: on a loaded machine `show cert` takes a while. */
const commandMs = 60_000;
/** A trust store of the world's authorities is a hundredth of it. */
const mostOctets = 16 * 1024 * 1024;

/** Signs in to the command line of a VOS machine with the credential for the purpose. Throws `ProbeError`. */
export async function openVos(inventory: Inventory, machine: MachineId, purpose: Purpose): Promise<VosCli> {
  return VosCli.open(await placed(accessTo(inventory, machine, purpose), inventory), {
    connectMs: inventory.limits.connectMs,
    commandMs,
  });
}

/** Signs in to a Windows machine with the credential for the purpose. Throws `ProbeError`. */
export async function openWindows(inventory: Inventory, machine: MachineId, purpose: Purpose): Promise<WindowsShell> {
  const dialect = inventory.access.get(machine)?.shell ?? 'cmd';
  const limits = { connectMs: inventory.limits.connectMs, commandMs, octets: mostOctets };
  return WindowsShell.open(await placed(accessTo(inventory, machine, purpose), inventory), dialect, limits);
}

async function placed(access: SshAccess, { limits }: Inventory): Promise<SshAccess> {
  return { ...access, host: await addressOf(access.host, limits) };
}

/** The passwords of a machine's key stores as the inventory has them, each loaded when it is asked for. */
export function storePasswords(inventory: Inventory, machine: MachineId): StorePasswords {
  const access = inventory.access.get(machine);
  const passwordAt = (reference: string | null = null): string | null =>
    reference === null ? null : loadSecret(reference, inventory.file).reveal();
  return {
    keyStore: () => passwordAt(access?.keyStorePassword),
    trustStore: () => passwordAt(access?.trustStorePassword),
  };
}

function accessTo(inventory: Inventory, machine: MachineId, purpose: Purpose): SshAccess {
  const access = inventory.access.get(machine);
  const reference = access?.[purpose] ?? null;
  if (access?.user === undefined || access.user === null || reference === null) {
    throw new ProbeError({ reason: 'no-credentials', machine });
  }
  const { host, port, hostKey, user } = access;
  return { host, port, hostKey, user, password: loadSecret(reference, inventory.file).reveal() };
}

/** The machine of an id. */
function machineIn({ snapshot }: Inventory, id: MachineId): Machine {
  const found = snapshot.machines.find((machine) => machine.id === id);
  if (found === undefined) throw new Error(`the inventory lacks ${id}`);
  return found;
}

/** A Windows machine with the credential for changing, for as long as it is used. Files of a plan carry its id. Throws `ProbeError`. */
export async function onWindowsHost<Result>(
  inventory: Inventory,
  planId: string,
  id: MachineId,
  use: (host: WindowsHost) => Promise<Result>,
): Promise<Result> {
  const shell = await openWindows(inventory, id, 'change');
  try {
    const machine = machineIn(inventory, id);
    const { host, user, password } = accessTo(inventory, id, 'change');
    const signedIn = { address: machine.address ?? host, user, password };
    return await use(await windowsHost(shell, { machine, planId, signedIn, passwords: storePasswords(inventory, id) }));
  } finally {
    shell.close();
  }
}

/** SHA-256 of the end entity certificate a port presents now, or null. */
export async function presentedNow(inventory: Inventory, machine: MachineId, port: number): Promise<Sha256 | null> {
  const found = inventory.snapshot.machines.find(({ id }) => id === machine);
  if (found === undefined) return null;
  const { addresses } = await locate(found, inventory.limits);
  const [target] = targetsOf({ ...found, ports: [port] }, addresses);
  if (target?.connect === undefined || target.connect === null) return null;
  const seen = await look(target.connect, usualOffer(target.place.serverName), inventory.limits);
  const first = seen.answer === 'tls' ? seen.flight.certificates[0] : undefined;
  return first === undefined ? null : sha256(first);
}

/** What the own store of a Windows machine holds as this identity, or Windows has bound for it. Throws `ProbeError`, or `Error` where there is none. */
async function windowsIdentity(inventory: Inventory, machine: Machine, unit: string): Promise<Buffer> {
  const { observations, certificates } = await probeWindowsStores(machine, {
    open: () => openWindows(inventory, machine.id, 'read'),
    passwords: storePasswords(inventory, machine.id),
  });
  for (const observation of observations) {
    if (observation.kind !== 'identity-store' || observation.place.store !== unit) continue;
    if (observation.outcome === 'failed') throw new ProbeError(observation.failure);
    const { certificate } = observation.value;
    const der = certificate === null ? undefined : certificates.get(certificate);
    if (der !== undefined) return der;
  }
  throw new Error(`${machine.id} holds no certificate as ${unit}`);
}

/** The first request of a file; null where it holds none. */
function requestIn(file: Fetched): Buffer | null {
  return file.is === 'file' ? (requestsOfPem(file.bytes.toString('utf8'))[0] ?? null) : null;
}

/** The world as actions reach it, for a plan with the certificates that it carries. */
export function reachOf(
  inventory: Inventory,
  { id: planId, certificates }: Pick<Plan, 'id' | 'certificates'>,
  replies: Replies,
  leftAs: Reach['leftAs'] = () => null,
): Reach {
  const machineOf = (id: MachineId): Machine => machineIn(inventory, id);
  const onWindows: Reach['onWindows'] = (id, use) => onWindowsHost(inventory, planId, id, use);
  async function onVos<Result>(
    machine: MachineId,
    purpose: Purpose,
    use: (cli: VosCli) => Promise<Result>,
  ): Promise<Result> {
    const cli = await openVos(inventory, machine, purpose);
    try {
      return await use(cli);
    } finally {
      cli.close();
    }
  }
  return {
    onVos: (machine, use) => onVos(machine, 'change', use),
    onWindows,
    planId,
    replies,
    async requestWithoutNames(id, unit) {
      await makeRequestWithoutNames(inventory, machineOf(id), unit);
    },
    async certificate(reference) {
      if (reference.from === 'identity-store') {
        const machine = machineOf(reference.machine);
        if (productOf(machine.type).platform === 'windows') return windowsIdentity(inventory, machine, reference.unit);
        return onVos(reference.machine, 'read', (cli) => showIdentity(cli, reference.unit));
      }
      if (reference.from === 'reply') {
        const reply = replies.reply(reference.machine, reference.unit);
        if (reply !== null) return reply;
        throw new Error(`no reply for ${reference.machine} is kept: its request was not answered`);
      }
      if (reference.from === 'made') {
        const made = await onWindows(reference.machine, async (host) => {
          const wanted = host.friendlyName(reference.unit);
          return (await personalCertificates(host.shell)).find((each) => each.friendlyName === wanted);
        });
        if (made !== undefined) return made.der;
        throw new Error(`${reference.machine} holds no certificate that this plan made for ${reference.unit}`);
      }
      const base64 = certificates[reference.sha256];
      if (base64 !== undefined) return Buffer.from(base64, 'base64');
      throw new UsageError({
        seen: `The plan names certificate ${reference.sha256} and does not carry it.`,
        matters: 'A certificate enters a store only from the plan or from its presenter.',
        todo: 'Make the plan again with uccert plan.',
      });
    },
    async request(machine, unit) {
      if (productOf(machineOf(machine).type).platform !== 'windows')
        return onVos(machine, 'change', async (cli) => (await pendingRequests(cli)).get(unit) ?? null);
      return onWindows(machine, async (host) => requestIn(await host.shell.fetch(host.requestFile(unit))));
    },
    oampName: (machine) => machineOf(machine).oampName ?? null,
    leftAs,
    presented: (machine, port) => presentedNow(inventory, machine, port),
    pause: (ms) => new Promise((resolve) => setTimeout(resolve, ms)),
  };
}
