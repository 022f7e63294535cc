import type { MachineType } from '#model/names.ts';
import { cceAw } from './cce-aw.ts';
import { cceCentralController } from './cce-central-controller.ts';
import { ccePg } from './cce-pg.ts';
import { ccp } from './ccp.ts';
import { cloudConnect } from './cloud-connect.ts';
import { cucm } from './cucm.ts';
import { cuic } from './cuic.ts';
import { cvp } from './cvp.ts';
import { cvpOamp } from './cvp-oamp.ts';
import { cvpReporting } from './cvp-reporting.ts';
import { cvvb } from './cvvb.ts';
import { ece } from './ece.ts';
import { finesse } from './finesse.ts';
import { ids } from './ids.ts';
import { liveData } from './live-data.ts';
import { mediasense } from './mediasense.ts';
import type { IdentityStore, Listener, Product } from './product.ts';
import { isInRange } from './release.ts';
import { tlsServer } from './tls-server.ts';
import { uccx } from './uccx.ts';

/** Every product that uccert knows. Kept by hand; tests/catalogue.test.ts holds it against the folder. */
export const products: readonly Product[] = [
  uccx,
  ccp,
  cucm,
  mediasense,
  finesse,
  cuic,
  liveData,
  ids,
  cvvb,
  cloudConnect,
  cvp,
  cvpReporting,
  cvpOamp,
  cceCentralController,
  ccePg,
  cceAw,
  ece,
  tlsServer,
];

/** The product of a machine type; a type without one is probed as a plain TLS server. */
export function productOf(type: MachineType): Product {
  return products.find((product) => product.machineTypes.includes(type)) ?? tlsServer;
}

/** The listeners a machine of this type and release has. An unknown release has them all. */
export function listenersOf(type: MachineType, release: string | null): readonly Listener[] {
  return productOf(type).listeners.filter((listener) => isInRange(release, listener.releases ?? {}) !== false);
}

/** The listeners of a machine with all that is co-resident on it; of two at one port the machine's own type comes first. */
export function listenersOn(machine: {
  readonly type: MachineType;
  readonly release: string | null;
  readonly beside?: readonly MachineType[] | undefined;
}): readonly Listener[] {
  const all = [machine.type, ...(machine.beside ?? [])].flatMap((type) => listenersOf(type, machine.release));
  return all.filter(({ port }, at) => all.findIndex((other) => other.port === port) === at);
}

/** The stores of a machine with all that is co-resident on it, each identity once. */
export function storesOn(machine: {
  readonly type: MachineType;
  readonly beside?: readonly MachineType[] | undefined;
}): readonly IdentityStore[] {
  const all = [machine.type, ...(machine.beside ?? [])].flatMap((type) => productOf(type).stores);
  return all.filter(({ identity }, at) => all.findIndex((other) => other.identity === identity) === at);
}

/** Why a closed port is as it should be, or null where the port must answer. */
export function closedBecause(listener: Listener, release: string | null): string | null {
  if (listener.optional === undefined) return null;
  return isInRange(release, listener.optional) === false ? null : listener.optional.because;
}

/** Whether a machine of this type and release may hold an ECDSA certificate beside its RSA one. An unknown release may. */
export function mayHoldEcdsa(type: MachineType, release: string | null): boolean {
  return productOf(type).ecdsa?.releases.some((range) => isInRange(release, range) !== false) ?? false;
}

/** The port that IANA has registered for XMPP clients, `xmpp-client`. */
const xmppClient = 5222;

/** What a connection to a port begins with: as the product's documents say, by its registered number where they say nothing. */
export function openingOf(type: MachineType, port: number): 'tls' | 'xmpp' {
  const listener = productOf(type).listeners.find((each) => each.port === port);
  return listener?.opening ?? (listener === undefined && port === xmppClient ? 'xmpp' : 'tls');
}
