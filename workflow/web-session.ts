import { ProbeError } from '#model/errors.ts';
import type { Machine } from '#model/inventory.ts';
import type { Sha256 } from '#model/names.ts';
import type { Inventory } from '#inventory/load.ts';
import { loadSecret } from '#inventory/secret.ts';
import { readSnapshot } from '#transports/certificate-api.ts';
import { openRequestPage, readPages, requestWithoutNames } from '#transports/os-administration.ts';
import type { StoreSnapshot } from '#transports/store-snapshot.ts';
import type { HttpLimits, VerifiedServer } from '#transports/verified-https.ts';

/** The pages of a platform answer more slowly than its ports. */
const limitsOf = ({ limits }: Inventory): HttpLimits => ({
  connectMs: limits.connectMs,
  ms: 60_000,
  octets: 16 * 1024 * 1024,
});
const platformPort = 8443;

/** What a VOS machine keeps, by its certificate API. Throws `ProbeError`. */
export async function snapshotOf(inventory: Inventory, machine: Machine): Promise<StoreSnapshot> {
  return readSnapshot(accessTo(inventory, machine, 'read'), limitsOf(inventory));
}

/** What a VOS machine keeps, by the pages of Unified OS Administration. Throws `ProbeError`. */
export async function pagesOf(inventory: Inventory, machine: Machine): Promise<StoreSnapshot> {
  return readPages(accessTo(inventory, machine, 'read'), limitsOf(inventory));
}

/** Opens the page on which requests are made, with the credential for changing; changes nothing. Throws `ProbeError`. */
export async function reachRequestPage(inventory: Inventory, machine: Machine): Promise<void> {
  await openRequestPage(accessTo(inventory, machine, 'change'), limitsOf(inventory));
}

/** Makes a request without names on the page of Unified OS Administration. Throws `ProbeError`. */
export async function makeRequestWithoutNames(inventory: Inventory, machine: Machine, unit: string): Promise<void> {
  await requestWithoutNames(accessTo(inventory, machine, 'change'), unit, limitsOf(inventory));
}

type WebAccess = VerifiedServer & { readonly user: string; readonly password: string };

/**
 * The web server of the platform, and who signs in there. It proves itself by an anchor of a client profile, or by being exactly a
 * certificate that a profile accepted singly. Throws `ProbeError` where nothing could prove it, before a secret is loaded.
 */
function accessTo(inventory: Inventory, machine: Machine, purpose: 'read' | 'change'): WebAccess {
  const access = inventory.access.get(machine.id);
  const web = access?.web ?? null;
  const reference = web?.[purpose] ?? null;
  if (access === undefined || web === null || reference === null)
    throw new ProbeError({ reason: 'no-credentials', machine: machine.id });
  const { clients } = inventory.snapshot;
  const anchors = clients.flatMap((client) => bytesOf(client.anchors, inventory));
  const pinned = clients.flatMap((client) => bytesOf(client.accepted, inventory));
  // The programs' own list of authorities is nobody's choice: what no profile names is not trusted with a password.
  if (anchors.length + pinned.length === 0) throw new ProbeError({ reason: 'no-transport', machine: machine.id });
  const usual = `${access.host}:${String(platformPort)}`;
  const place = machine.connect[String(platformPort)] ?? usual;
  return {
    host: place.replace(/:\d+$/, '').replace(/^\[(.*)\]$/, '$1'),
    port: Number(place.split(':').at(-1)),
    serverName: machine.fqdn ?? access.host,
    anchors,
    pinned,
    user: web.user,
    password: loadSecret(reference, inventory.file).reveal(),
  };
}

function bytesOf(digests: readonly Sha256[], { certificates }: Inventory): Buffer[] {
  return digests.map((digest) => Buffer.from(certificates[digest] ?? '', 'base64'));
}
