import type { Resolver } from 'node:dns/promises';
import { isIPv4 } from 'node:net';
import { setTimeout } from 'node:timers/promises';
import type { Machine } from '#model/inventory.ts';
import type { Observation, ProbeFailure } from '#model/observation.ts';
import { isAddress } from '#x509/identity.ts';

/** How long a name is waited for, and whom to ask where not the system's own resolver. */
export interface NameLimits {
  /** Milliseconds. */
  readonly probeMs: number;
  readonly servers?: readonly string[];
}

/** Where a machine is, by its address or by its name; or why nobody knows. */
export type Location =
  | { readonly by: 'address'; readonly addresses: readonly [string] }
  | {
      readonly by: 'name';
      readonly name: string;
      readonly addresses: readonly string[];
      readonly failure: ProbeFailure | null;
    };

/** Finds the addresses of a machine, in a stable order; none where its name is none. */
export async function locate(machine: Machine, limits: NameLimits): Promise<Location> {
  const host = machine.address ?? machine.fqdn ?? machine.id;
  if (isAddress(host)) return { by: 'address', addresses: [host] };
  const { probeMs } = limits;
  const nowhere = { by: 'name', name: host, addresses: [] } as const;
  const done = new AbortController();
  try {
    // A resolver that is out of reach keeps a name for minutes, and no connection is opened before all names are known.
    const late = setTimeout(probeMs, null, { signal: done.signal });
    const found = await Promise.race([addressesOf(host, limits), late]);
    if (found === null) return { ...nowhere, failure: { reason: 'timed-out', stage: 'resolution', afterMs: probeMs } };
    return { ...nowhere, addresses: [...new Set(found)].sort(), failure: null };
  } catch (error) {
    // That there is none is an answer, everything else is not.
    return { ...nowhere, failure: isNo(error) ? null : { reason: 'name-not-resolved', name: host } };
  } finally {
    done.abort();
  }
}

/** Where a host is, for those who connect by the system's resolver alone: its first address by the name servers given; else as it was. */
export async function addressOf(host: string, limits: NameLimits): Promise<string> {
  if (limits.servers === undefined || isAddress(host)) return host;
  const found = await addressesOf(host, limits).catch(() => []);
  return found.sort()[0] ?? host;
}

/** The addresses of a name by the name servers given, else by the system's resolver, so that its hosts file counts. */
async function addressesOf(host: string, limits: NameLimits): Promise<string[]> {
  if (limits.servers === undefined) {
    const { lookup } = await import('node:dns/promises');
    return (await lookup(host, { all: true })).map(({ address }) => address);
  }
  const resolver = await resolverOf(limits);
  const answers = await Promise.allSettled([resolver.resolve4(host), resolver.resolve6(host)]);
  const found = answers.flatMap((answer) => (answer.status === 'fulfilled' ? answer.value : []));
  const silent = answers.find((answer) => answer.status === 'rejected' && !isNo(answer.reason));
  if (found.length === 0 && silent?.status === 'rejected') throw silent.reason;
  return found;
}

/** Loaded when a name is to be looked up: most inventories say the addresses. */
async function resolverOf({ probeMs, servers }: NameLimits): Promise<Resolver> {
  const { Resolver } = await import('node:dns/promises');
  const resolver = new Resolver({ timeout: probeMs, tries: 1 });
  if (servers !== undefined) resolver.setServers([...servers]);
  return resolver;
}

/** Whether the name server answered, and it was no. */
function isNo(error: unknown): boolean {
  const { code } = error as NodeJS.ErrnoException;
  return code === 'ENOTFOUND' || code === 'ENODATA';
}

/** Records a name's addresses, and the names of those addresses. */
export async function recordName(
  { id }: Machine,
  { name, addresses, failure }: Extract<Location, { by: 'name' }>,
  limits: NameLimits,
): Promise<Observation> {
  const place = { at: 'name', machine: id, name } as const;
  const common = { kind: 'name-resolution', place, at: new Date().toISOString() } as const;
  if (failure !== null) return { ...common, outcome: 'failed', failure };
  const reverse = await Promise.all(
    addresses.map(async (address) => ({ address, names: await namesOf(address, limits) })),
  );
  return { ...common, outcome: 'recorded', value: { addresses: [...addresses], reverse } };
}

/** The names of an address, none where it has none; null where nobody could be asked. */
async function namesOf(address: string, limits: NameLimits): Promise<string[] | null> {
  try {
    // Not `reverse`: it looks into the hosts file last, and makes "there is none" of a name server that is silent.
    return (await (await resolverOf(limits)).resolvePtr(pointerName(address))).sort();
  } catch (error) {
    return isNo(error) ? [] : null;
  }
}

/** Where the names of an address stand: RFC 1035 section 3.5, RFC 3596 section 2.5. */
function pointerName(address: string): string {
  if (isIPv4(address)) return `${address.split('.').reverse().join('.')}.in-addr.arpa`;
  const [left = '', right = ''] = address.replace(/%.*$/, '').split('::');
  const groups = (text: string): string[] => (text === '' ? [] : text.split(':'));
  const missing = address.includes('::') ? 8 - groups(left).length - groups(right).length : 0;
  const all = [...groups(left), ...Array<string>(missing).fill('0'), ...groups(right)];
  const digits = all.map((group) => group.padStart(4, '0')).join('');
  return `${digits.split('').reverse().join('.')}.ip6.arpa`;
}
