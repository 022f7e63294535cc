import { stringify } from 'yaml';
import type { MachineType } from '#model/names.ts';
import type { Person } from './applications/people.ts';
import { listenersOn } from '#products/index.ts';
import type { ClientPc } from './clients.ts';
import { passwordFile, peoplePasswordFile } from './folder.ts';
import type { LabMachine } from './machines/machine.ts';
import { WindowsMachine } from './machines/windows/machine.ts';
import { placeText } from './status.ts';
import type { World } from './world.ts';

/** What the inventory says of one machine. */
interface InventoryMachine {
  readonly id: string;
  readonly type: MachineType;
  readonly fqdn: string;
  /** Null where it is to be found by its name. */
  readonly address: string | null;
  readonly certificates: 'self-signed' | 'ca-signed';
  readonly isExternal: boolean;
  readonly oampName: string | null;
  readonly hostKey: string;
  readonly sshPort: number;
  readonly platform: 'vos' | 'windows';
  readonly shell: 'cmd' | 'powershell';
  /** Where it is not that of the deployment. */
  readonly release: string | null;
  /** Products that are co-resident. */
  readonly beside: readonly MachineType[];
  /** TLS ports besides those of its products. */
  readonly alsoOpen: readonly number[];
  /** Port to `address:port`, where a port is not at its own number. */
  readonly connect: Readonly<Record<number, string>>;
}

/** The lab's CA: its key is a file, or it is asked by the web enrolment of Windows. */
interface InventoryAuthority {
  readonly chain: string;
  readonly asked: { readonly key: string } | { readonly fqdn: string; readonly connect: string };
}

/** The lab's inventory as the operator of a real site would write it. */
export function inventoryOf(lab: World): string {
  return inventoryText({
    deployment: lab.deployment,
    release: lab.release,
    machines: lab.machines.map((machine) => inventoryMachine(machine, lab)),
    clients: lab.clients,
    user: lab.administrator.user,
    passwordFile,
    people: lab.centre.agents,
    peoplePasswordFile,
    authority: authorityOf(lab),
    scriptTarget: scriptTargetOf(lab),
    secured: lab.secured,
    nameServers: lab.names.changes.byName.length === 0 ? [] : [lab.names.at],
  });
}

function inventoryMachine(machine: LabMachine, lab: World): InventoryMachine {
  const { place, fingerprint } = lab.ssh(machine.id);
  const isByName = lab.names.changes.byName.includes(machine.id);
  return {
    id: machine.id,
    type: machine.type,
    fqdn: machine.fqdn,
    address: isByName ? null : machine.address,
    certificates: machine.certificates,
    isExternal: machine.isExternal,
    oampName: machine instanceof WindowsMachine ? machine.oampName : null,
    hostKey: fingerprint,
    sshPort: place.port,
    platform: machine instanceof WindowsMachine ? 'windows' : 'vos',
    shell: machine instanceof WindowsMachine ? machine.shell : 'cmd',
    release: machine.release === lab.release ? null : machine.release,
    beside: machine.beside ?? [],
    alsoOpen: machine.openPorts.filter((port) => !listenersOn(machine).some((listener) => listener.port === port)),
    connect: lab.isMapped ? Object.fromEntries(machine.ports.map((port) => [port.number, placeText(port.place)])) : {},
  };
}

function scriptTargetOf({ scriptTarget: { id, fqdn, place }, isMapped }: World): Readonly<Record<string, object>> {
  if (place === null) return {};
  const connect = isMapped ? { connect: { 443: placeText(place) } } : {};
  return { [id]: { type: 'SCRIPT_TARGET', fqdn, address: place.address, ports: { open: [443] }, ...connect } };
}

function authorityOf(lab: World): InventoryAuthority | null {
  const chain = 'authority/chain.pem';
  if (lab.hasWindowsCa) {
    const { fqdn, place } = lab.windowsCa;
    return { chain, asked: { fqdn, connect: placeText(place) } };
  }
  return lab.isSigned ? { chain, asked: { key: 'authority/intermediate.key' } } : null;
}

function inventoryText(lab: {
  readonly deployment: string;
  readonly release: string;
  readonly machines: readonly InventoryMachine[];
  readonly clients: readonly ClientPc[];
  readonly user: string;
  readonly passwordFile: string;
  readonly people: readonly Person[];
  readonly peoplePasswordFile: string;
  /** Who signs requests, as the inventory writes it; null in a lab without a CA. */
  readonly authority: InventoryAuthority | null;
  /** A server that scripts call, by its name in the inventory. */
  readonly scriptTarget: Readonly<Record<string, object>>;
  readonly secured: readonly string[];
  readonly nameServers: readonly string[];
}): string {
  const machine = (of: InventoryMachine): object => ({
    type: of.type,
    fqdn: of.fqdn,
    ...(of.address === null ? {} : { address: of.address }),
    ...(of.release === null ? {} : { release: of.release }),
    certificates: of.certificates,
    ...(of.beside.length === 0 ? {} : { beside: of.beside }),
    ...(of.alsoOpen.length === 0 ? {} : { ports: { open: of.alsoOpen } }),
    ...(of.isExternal ? { external: true } : {}),
    ...(of.oampName === null ? {} : { oampName: of.oampName }),
    ssh: {
      hostKey: of.hostKey,
      ...(of.sshPort === 22 ? {} : { port: of.sshPort }),
      ...(of.shell === 'cmd' ? {} : { shell: of.shell }),
    },
    ...(Object.keys(of.connect).length === 0 ? {} : { connect: of.connect }),
  });
  const credentials = { user: lab.user, read: `file:${lab.passwordFile}`, change: `file:${lab.passwordFile}` };
  const hasWindows = lab.machines.some(({ platform }) => platform === 'windows');
  return stringify({
    deployment: lab.deployment,
    release: lab.release,
    machines: { ...Object.fromEntries(lab.machines.map((of) => [of.id, machine(of)])), ...lab.scriptTarget },
    clients: Object.fromEntries(lab.clients.map((client) => [client.id, client.files])),
    ...(lab.authority === null ? {} : { authorities: { [authorityName]: authorityEntry(lab.authority, lab) } }),
    credentials: { vos: credentials, ...(hasWindows ? { windows: credentials } : {}) },
    people: Object.fromEntries(
      lab.people.map(({ id, roles, extension }) => [
        id,
        {
          role: roleOf(roles),
          user: id,
          ...(extension === undefined ? {} : { extension }),
          password: `file:${lab.peoplePasswordFile}`,
        },
      ]),
    ),
    ...(lab.secured.length === 0 ? {} : { secured: lab.secured }),
    ...(lab.nameServers.length === 0 ? {} : { nameServers: lab.nameServers }),
    limits: { connect: 3, probe: 10 },
  });
}

const authorityName = 'lab-ca';

function authorityEntry(
  { chain, asked }: InventoryAuthority,
  { user, passwordFile }: { readonly user: string; readonly passwordFile: string },
): object {
  if ('key' in asked) return { kind: 'local', chain, key: asked.key };
  const url = `https://${asked.fqdn}/certsrv`;
  const template = 'ClientServer';
  return { kind: 'adcs', chain, url, connect: asked.connect, template, user, password: `file:${passwordFile}` };
}

/** What an account is asked for: the most that it may do. */
function roleOf(roles: Person['roles']): string {
  if (roles.includes('Administrator')) return 'administrator';
  if (roles.includes('Supervisor')) return 'supervisor';
  return roles.includes('Reporting') ? 'report user' : 'agent';
}
