import { keep, readPemFile } from '#inventory/pem-file.ts';
import { UsageError } from '#model/errors.ts';
import type { InventorySnapshot, Machine } from '#model/inventory.ts';
import { usualThresholds } from '#model/thresholds.ts';
import type { ClientId, MachineId, MachineType, Sha256 } from '#model/names.ts';
import { audiences } from '#model/vocabulary.ts';

/** Targets named on the command line, as an inventory of their own. */
export interface Targets {
  readonly inventory: InventorySnapshot;
  readonly certificates: Readonly<Record<Sha256, string>>;
}

export interface TargetOptions {
  readonly targets: readonly string[];
  readonly machineType: MachineType | undefined;
  readonly release: string | undefined;
  readonly anchors: readonly string[];
}

const written = /^(?:\[([0-9a-fA-F:]+)\]|([^\s:#[\]]+)):(\d{1,5})(?:#(\S+))?$/;

/** Reads `host:port`, `host:port#server-name` and `[address]:port`. */
export function readTargets(options: TargetOptions): Targets {
  const machines = new Map<string, Machine>();
  const name = machineNames();
  for (const target of options.targets) {
    const match = written.exec(target.trim());
    const host = match?.[1] ?? match?.[2];
    const port = Number(match?.[3]);
    if (host === undefined || port < 1 || port > 65535) {
      throw new UsageError({
        seen: `The target "${target}" is not of the form host:port.`,
        matters: 'uccert would not know where to connect.',
        todo: 'Write host:port, host:port#server-name or [IPv6 address]:port, for example uccx1.example.com:8445.',
      });
    }
    const serverName = match?.[4]?.toLowerCase();
    const isAddress = host.includes(':') || /^\d{1,3}(\.\d{1,3}){3}$/.test(host);
    const fqdn = serverName ?? (isAddress ? null : host.toLowerCase());
    const key = `${host} ${fqdn ?? ''}`;
    const known = machines.get(key);
    if (known !== undefined) {
      if (!known.ports.includes(port)) known.ports.push(port);
      continue;
    }
    machines.set(key, {
      id: name(fqdn ?? (host.includes(':') ? `ipv6-${host}` : host)),
      type: options.machineType ?? 'TLS_SERVER',
      fqdn,
      release: options.release ?? null,
      address: serverName !== undefined || isAddress ? host : null,
      certificates: null,
      ports: [port],
      connect: {},
    });
  }
  const certificates: Record<Sha256, string> = {};
  const anchors = options.anchors.flatMap((file) => readAnchors(file).map((der) => keep(der, certificates)));
  const clients =
    options.anchors.length === 0
      ? []
      : [{ id: 'command-line' as ClientId, anchors, accepted: [], audiences: [...audiences] }];
  return {
    inventory: {
      file: null,
      deployment: null,
      release: options.release ?? null,
      machines: [...machines.values()],
      clients,
      thresholds: usualThresholds,
    },
    certificates,
  };
}

/** Names machines by their hosts; a second server name on one address gets a number. */
function machineNames(): (host: string) => MachineId {
  const taken = new Set<string>();
  // The number to try next, so that a thousand machines of one name are not counted through a thousand times.
  const next = new Map<string, number>();
  return (host) => {
    const plain =
      host
        .toLowerCase()
        .replace(/[^a-z0-9._-]+/g, '-')
        .replace(/^[._-]+|[._-]+$/g, '') || 'host';
    for (let number = next.get(plain) ?? 1; ; number += 1) {
      const id = number === 1 ? plain : `${plain}-${String(number)}`;
      if (taken.has(id)) continue;
      taken.add(id);
      next.set(plain, number + 1);
      // Of such characters as an id has, whatever the host is called.
      return id as MachineId;
    }
  };
}

export function readAnchors(file: string): readonly Buffer[] {
  const list = readPemFile(file);
  if (typeof list !== 'string' && list.length > 0) return list;
  throw new UsageError({
    seen: typeof list === 'string' ? `--anchors: ${list}` : `--anchors: ${file} is empty.`,
    matters: 'Trust would be judged by a list that is not the list of your clients.',
    todo: 'Name a PEM file with the root certificates of your clients.',
  });
}
