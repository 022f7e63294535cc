import { homedir } from 'node:os';
import { dirname, resolve } from 'node:path';
import type { InventorySnapshot, Machine } from '#model/inventory.ts';
import type { ClientId, MachineId, Sha256 } from '#model/names.ts';
import type { ProbeFailure } from '#model/observation.ts';
import { listenersOn, productOf } from '#products/index.ts';
import { addressAndPort } from '#model/address-and-port.ts';
import { isNssStore, readNssStore, type NssTrust } from './nss-store.ts';
import { keep, readPemFile } from './pem-file.ts';
import type { AuthorityEntry } from './authority-entry.ts';
import type { Role } from './schema.ts';
import { readWritten, refuse } from './written.ts';

/** How uccert signs in to a machine; null parts were not given. */
export interface Access {
  readonly host: string;
  readonly port: number;
  readonly hostKey: string | null;
  readonly user: string | null;
  /** References, loaded only when used. */
  readonly read: string | null;
  readonly change: string | null;
  /** Who signs in to its web pages; null where nobody is named. */
  readonly web: { readonly user: string; readonly read: string; readonly change: string | null } | null;
  /** What a Windows machine runs commands in. */
  readonly shell: 'cmd' | 'powershell';
  /** A reference; null where the machine itself tells. */
  readonly keyStorePassword: string | null;
  /** A reference; null where it is that of the installation. */
  readonly trustStorePassword: string | null;
}

/** Limits of the collector, milliseconds, and whom it asks for names. */
export interface Limits {
  readonly connectMs: number;
  readonly probeMs: number;
  readonly perMachine: number;
  /** Name servers to ask in place of the system's. */
  readonly servers?: readonly string[];
}

/** Hours in which changes may be made; the window may span midnight. */
export interface MaintenanceWindow {
  readonly from: string;
  readonly to: string;
  readonly timeZone: string;
}

/** A test account of the browser suites. */
export interface Person {
  readonly name: string;
  readonly role: Role;
  readonly user: string;
  /** Agents and supervisors have one. */
  readonly extension: string | null;
  /** A reference, loaded only when somebody signs in. */
  readonly password: string;
}

/** A certification authority as the inventory has it, its paths absolute. */
export type Authority = AuthorityEntry & { readonly name: string };

/** An inventory read, checked and filled in. */
export interface Inventory {
  /** Absolute path. */
  readonly file: string;
  readonly snapshot: InventorySnapshot;
  /** Certificates of the client profiles: SHA-256 to base64 DER. */
  readonly certificates: Readonly<Record<Sha256, string>>;
  readonly access: ReadonlyMap<MachineId, Access>;
  /** Absolute paths of the profiles' lists of single certificates. */
  readonly acceptedFiles: ReadonlyMap<ClientId, string>;
  readonly authorities: readonly Authority[];
  readonly people: readonly Person[];
  /** Selectors of parts of pages, by page and part, where they are not the documented ones. */
  readonly selectors: Readonly<Record<string, Readonly<Record<string, string>>>>;
  readonly limits: Limits;
  readonly window: MaintenanceWindow | null;
}

/** Reads an inventory file. Every mistake in it is named at once, each with its line and what to write. */
export function loadInventory(file: string): Inventory {
  const path = resolve(file);
  const { inventory: parsed, lineOf } = readWritten(path);
  const mistakes: string[] = [];
  const mistake = (where: readonly string[], words: string): void => {
    mistakes.push(`${path}:${lineOf(where)}: ${where.join('.')}: ${words}`);
  };
  const certificates: Record<Sha256, string> = {};
  const acceptedFiles = new Map<ClientId, string>();

  const browserStore = (client: ClientId, written: string): NssTrust | ProbeFailure => {
    const folder = resolve(dirname(path), written.replace(/^~(?=\/)/, homedir()));
    if (isNssStore(folder)) return readNssStore(folder);
    mistake(['clients', client, 'nss'], `${folder} holds no cert9.db; write the folder of the browser's certificates`);
    return { anchors: [], accepted: [] };
  };

  const clients = Object.entries(parsed.clients).map(([name, entry]) => {
    const id = name as ClientId;
    const listed = (kind: 'anchors' | 'accepted'): Sha256[] => {
      const reference = entry[kind];
      const list = reference === undefined ? [] : readPemFile(resolve(dirname(path), reference));
      if (typeof list !== 'string') return list.map((der) => keep(der, certificates));
      mistake(['clients', name, kind], list);
      return [];
    };
    if (entry.accepted !== undefined) acceptedFiles.set(id, resolve(dirname(path), entry.accepted));
    const nss = entry.nss === undefined ? { anchors: [], accepted: [] } : browserStore(id, entry.nss);
    const all = (kind: 'anchors' | 'accepted'): Sha256[] => {
      const ofBrowser = 'reason' in nss ? [] : nss[kind].map((der) => keep(Buffer.from(der), certificates));
      return [...new Set([...listed(kind), ...ofBrowser])];
    };
    return {
      id,
      anchors: all('anchors'),
      accepted: all('accepted'),
      audiences: entry.audiences,
      ...('reason' in nss ? { unread: nss } : {}),
      ...(entry.public ? { public: true as const } : {}),
      ...(entry.browser === undefined ? {} : { browser: entry.browser }),
    };
  });

  const authorities = Object.entries(parsed.authorities).map(([name, entry]) => {
    const file = resolve(dirname(path), entry.chain);
    const list = readPemFile(file);
    if (typeof list === 'string') mistake(['authorities', name, 'chain'], list);
    else if (list.length === 0) mistake(['authorities', name, 'chain'], `${file} is empty; put its root there as PEM`);
    const own = withPaths(entry, (relative) => resolve(dirname(path), relative));
    const held = typeof list === 'string' ? [] : list.map((der) => keep(der, certificates));
    return { held, authority: { ...own, name } };
  });
  const onlyAuthority = authorities.length === 1 ? authorities[0]?.authority.name : undefined;

  const access = new Map<MachineId, Access>();
  const machines = Object.entries(parsed.machines).map(([name, entry]): Machine => {
    const id = name as MachineId;
    const release = entry.release ?? parsed.release;
    const mapped = entry.connect?.['22'];
    const usual = productOf(entry.type).platform === 'windows' ? 'windows' : 'vos';
    const named = new Map(Object.entries(parsed.credentials));
    const notListed = (key: string, written: string): void => {
      const listed = [...named.keys()].join(', ') || 'none yet';
      mistake(
        ['machines', name, key],
        `"${written}" is not listed; add it under credentials, or write one of: ${listed}`,
      );
    };
    const credentials = named.get(entry.credentials ?? usual);
    if (entry.credentials !== undefined && credentials === undefined) notListed('credentials', entry.credentials);
    const web = entry.web === undefined ? credentials : named.get(entry.web);
    if (entry.web !== undefined && web === undefined) notListed('web', entry.web);
    const authority = entry.authority ?? onlyAuthority;
    if (entry.authority !== undefined && parsed.authorities[entry.authority] === undefined) {
      const listed = Object.keys(parsed.authorities).join(', ') || 'none yet';
      mistake(
        ['machines', name, 'authority'],
        `"${entry.authority}" is not listed; add it under authorities, or write one of: ${listed}`,
      );
    }
    const usualPlace = { host: entry.address ?? entry.fqdn, port: entry.ssh?.port ?? 22 };
    access.set(id, {
      ...(mapped === undefined ? usualPlace : addressAndPort(mapped)),
      hostKey: entry.ssh?.hostKey ?? null,
      user: credentials?.user ?? null,
      read: credentials?.read ?? null,
      change: credentials?.change ?? null,
      web: web === undefined ? null : { user: web.user, read: web.read, change: web.change ?? null },
      shell: entry.ssh?.shell ?? 'cmd',
      keyStorePassword: entry.keyStorePassword ?? null,
      trustStorePassword: entry.trustStorePassword ?? null,
    });
    const closed = new Set(entry.ports?.closed);
    const own = listenersOn({ ...entry, release }).map(({ port }) => port);
    return {
      id,
      type: entry.type,
      fqdn: entry.fqdn.toLowerCase(),
      release,
      address: entry.address ?? null,
      certificates: entry.certificates,
      ports: [...new Set([...own, ...(entry.ports?.open ?? [])])]
        .filter((port) => !closed.has(port))
        .sort((a, b) => a - b),
      connect: entry.connect ?? {},
      ...(entry.beside.length === 0 ? {} : { beside: entry.beside }),
      ...(entry.external ? { external: true as const } : {}),
      ...(entry.oampName === undefined ? {} : { oampName: entry.oampName }),
      ...(authority === undefined ? {} : { authority }),
    };
  });

  for (const [at, { machine, client }] of parsed.known.entries()) {
    const where = ['known', String(at)];
    if (machine !== undefined && parsed.machines[machine] === undefined)
      mistake(
        [...where, 'machine'],
        `"${machine}" is not listed; write one of: ${Object.keys(parsed.machines).join(', ')}`,
      );
    if (client !== undefined && parsed.clients[client] === undefined)
      mistake(
        [...where, 'client'],
        `"${client}" is not listed; write one of: ${Object.keys(parsed.clients).join(', ') || 'none yet'}`,
      );
  }

  if (mistakes.length > 0) refuse(mistakes);

  return {
    file: path,
    snapshot: {
      file: path,
      deployment: parsed.deployment,
      release: parsed.release,
      machines,
      clients,
      ...(parsed.secured.length === 0 ? {} : { secured: parsed.secured }),
      ...(parsed.known.length === 0 ? {} : { known: parsed.known }),
      ...(authorities.length === 0
        ? {}
        : {
            authorities: authorities.map(({ held, authority }) => ({
              id: authority.name,
              kind: authority.kind,
              chain: held,
              ...(authority.public ? { public: true as const } : {}),
              ...(authority.changesNames ? { changesNames: true as const } : {}),
            })),
          }),
      thresholds: { expiringDays: parsed.limits.expiringDays, expiringShare: parsed.limits.expiringShare },
    },
    certificates,
    access,
    acceptedFiles,
    authorities: authorities.map(({ authority }) => authority),
    people: Object.entries(parsed.people).map(([name, { role, user, extension, password }]) => ({
      name,
      role,
      user,
      extension: extension ?? null,
      password,
    })),
    selectors: parsed.selectors,
    limits: {
      connectMs: parsed.limits.connect * 1000,
      probeMs: parsed.limits.probe * 1000,
      perMachine: parsed.limits.perMachine,
      ...(parsed.nameServers === undefined ? {} : { servers: parsed.nameServers }),
    },
    window: parsed.window ?? null,
  };
}

function withPaths(entry: AuthorityEntry, absolute: (path: string) => string): AuthorityEntry {
  switch (entry.kind) {
    case 'manual':
      return { ...entry, folder: absolute(entry.folder) };
    case 'local':
      return { ...entry, key: absolute(entry.key) };
    case 'acme':
      return { ...entry, accountKey: absolute(entry.accountKey) };
    case 'adcs':
      return entry;
  }
}
