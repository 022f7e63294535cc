import { rm } from 'node:fs/promises';
import { messageOf, ProbeError } from '#model/errors.ts';
import type { Machine } from '#model/inventory.ts';
import type { Inventory } from '#inventory/load.ts';
import { loadSecret } from '#inventory/secret.ts';
import { addressOf } from '#probes/names.ts';
import { listenersOn } from '#products/index.ts';
import { readSnapshot } from '#transports/certificate-api.ts';
import type { PageAccess } from '#transports/os-administration.ts';
import type { StoreSnapshot } from '#transports/store-snapshot.ts';
import type { HttpLimits, VerifiedServer } from '#transports/verified-https.ts';
import { webServerOn } from './web-server.ts';
import { makeWorkFolder } from './work-folder.ts';

/** The pages of a platform answer more slowly than its ports. */
const limitsOf = ({ limits }: Inventory): HttpLimits => ({
  connectMs: limits.connectMs,
  ms: 60_000,
  octets: 16 * 1024 * 1024,
});

/** Of most machines 8443; who does not listen there, as a CCP, has the pages of the platform at 443. */
function platformPortOf(machine: Machine): number {
  return listenersOn(machine).some(({ port }) => port === 8443) ? 8443 : 443;
}

/** What a VOS machine keeps, by its certificate API. Throws `ProbeError`. */
export async function snapshotOf(inventory: Inventory, machine: Machine): Promise<StoreSnapshot> {
  return readSnapshot(await accessTo(inventory, machine, 'read'), limitsOf(inventory));
}

/** What a VOS machine keeps, by the pages of Unified OS Administration. Throws `ProbeError`. */
export async function pagesOf(inventory: Inventory, machine: Machine): Promise<StoreSnapshot> {
  return atPages(inventory, machine, 'read', async (access) => {
    const { readPages } = await import('#transports/os-administration.ts');
    return readPages(access, limitsOf(inventory));
  });
}

/** Opens the page on which requests are made, with the credential for changing; changes nothing. Throws `ProbeError`. */
export async function reachRequestPage(inventory: Inventory, machine: Machine): Promise<void> {
  await atPages(inventory, machine, 'change', async (access) => {
    const { reachRequestForm } = await import('#transports/os-administration.ts');
    await reachRequestForm(access, limitsOf(inventory));
  });
}

/** Makes a request without names on the page of Unified OS Administration. Throws `ProbeError`. */
export async function makeRequestWithoutNames(inventory: Inventory, machine: Machine, unit: string): Promise<void> {
  await atPages(inventory, machine, 'change', async (access) => {
    const { requestWithoutNames } = await import('#transports/os-administration.ts');
    await requestWithoutNames(access, unit, limitsOf(inventory));
  });
}

/** Pages need a browser, which is looked for when it is needed, as Playwright is loaded. */
async function atPages<Result>(
  inventory: Inventory,
  machine: Machine,
  purpose: 'read' | 'change',
  use: (access: PageAccess) => Promise<Result>,
): Promise<Result> {
  const access = await accessTo(inventory, machine, purpose);
  const home = makeWorkFolder('home');
  try {
    const { browserFile } = await import('#browsers/browser-file.ts');
    return await use({ ...access, browser: browserFile('chromium'), home });
  } catch (error) {
    const message = whyNoBrowser(error);
    if (message === null) throw error;
    throw new ProbeError({ reason: 'browser-unavailable', message }, { cause: error });
  } finally {
    await rm(home, { recursive: true, force: true, maxRetries: 3 });
  }
}

function whyNoBrowser(error: unknown): string | null {
  if (!(error instanceof Error)) return null;
  if (error.name === 'BrowserUnavailable') return messageOf(error).split('\n').join(' ');
  const isWithoutPlaywright = 'code' in error && error.code === 'ERR_MODULE_NOT_FOUND';
  return isWithoutPlaywright ? 'This uccert was built without Playwright. Run it from the repository.' : null;
}

type WebAccess = VerifiedServer & { readonly user: string; readonly password: string };

/** The web server of the platform, and who signs in there. Throws `ProbeError` where nothing could prove it, before a secret is loaded. */
async function accessTo(inventory: Inventory, machine: Machine, purpose: 'read' | 'change'): Promise<WebAccess> {
  const access = inventory.access.get(machine.id);
  const web = access?.web ?? null;
  const reference = web?.[purpose] ?? null;
  if (access === undefined || web === null || reference === null)
    throw new ProbeError({ reason: 'no-credentials', machine: machine.id });
  const server = webServerOn(platformPortOf(machine), machine, inventory, access.host);
  if (server.anchors.length + server.pinned.length === 0)
    throw new ProbeError({ reason: 'no-transport', machine: machine.id });
  const host = await addressOf(server.host, inventory.limits);
  return { ...server, host, user: web.user, password: loadSecret(reference, inventory.file).reveal() };
}
