import type { Machine } from '#model/inventory.ts';
import type { Sha256 } from '#model/names.ts';
import type { Certificate } from '#x509/certificate.ts';

/** What a page may depend on: the machines of the inventory, and what their ports presented. */
export interface Behind {
  readonly machines: readonly Machine[];
  /** What a port presented to the probe; null where that is not known. */
  readonly presentedAt: (machine: Machine, port: number) => Certificate | null;
  readonly certificateOf: (digest: Sha256) => Certificate | null;
}

/** A page that was not seen, because the machine refused the account that was to sign in. */
export interface SignInRefused {
  readonly outcome: 'sign-in-refused';
  readonly as: string;
}

/** A page that was not seen, because nothing listens on its port. */
export interface NothingThere {
  readonly outcome: 'nothing-there';
}

/** A port of a machine. */
export interface PortOfMachine {
  readonly machine: Machine;
  readonly port: number;
}

/** The machine and port of a URL, where the inventory has it. */
export function portOf(url: string, machines: readonly Machine[]): PortOfMachine | null {
  if (!URL.canParse(url)) return null;
  const { hostname, port } = new URL(url);
  const machine = machines.find(({ fqdn }) => fqdn === hostname);
  return machine === undefined ? null : { machine, port: port === '' ? 443 : Number(port) };
}

/** What uccert itself was presented where the URL points to: not every browser tells what it refused. */
export function behindUrl(url: string, { machines, presentedAt }: Behind): Certificate | null {
  const found = portOf(url, machines);
  return found === null ? null : presentedAt(found.machine, found.port);
}

/** Where a machine asks whether a password is right: UCCX asks CUCM by AXL. */
export function signInAuthorities({ type }: Machine, machines: readonly Machine[]): PortOfMachine[] {
  if (!type.startsWith('UCCX')) return [];
  return machines
    .filter((other) => other.type === 'CM_PUBLISHER' || other.type === 'CM_SUBSCRIBER')
    .map((machine) => ({ machine, port: 8443 }));
}

/** Where UCCX cannot ask CUCM, its page says that the password is wrong. */
export function saysPasswordIsWrong(missing: string): boolean {
  return /invalid user ?id/i.test(missing);
}

/** Where the gadget server of Finesse does not trust a host it says that the gadget cannot be retrieved (the number behind it is inferred). */
export function gadgetHost(missing: string, machines: readonly Machine[]): PortOfMachine | null {
  const url = /Unable to retrieve spec for (https:\S+)/.exec(missing)?.[1]?.replace(/[.…"]+$/, '');
  return url === undefined ? null : portOf(url, machines);
}

/** The servers of which the words say that they do not answer the browser (suites/not-loaded.ts). */
export function silentServers(missing: string, machines: readonly Machine[]): PortOfMachine[] {
  return [...missing.matchAll(/(https:\S+) does not answer/g)].flatMap(([, url = '']) => portOf(url, machines) ?? []);
}
