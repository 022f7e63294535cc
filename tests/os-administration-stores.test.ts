import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, describe, expect, test, vi } from 'vitest';
import { loadInventory, type Access, type Inventory } from '#inventory/load.ts';
import type { Observation } from '#model/observation.ts';
import { closed } from '#lab/machines/tls-port.ts';
import { lookAtStores } from '#workflow/stores.ts';
import { startTestLab, type TestLab } from './support/lab.ts';

/** The last way to the stores of a VOS machine: the pages of Unified OS Administration, over TLS that proves itself. */
let up: TestLab;

const id = () => up.lab.vos('uccx1').id;

/** The lab's inventory with another way to uccx1, and what its profiles vouch for. */
function inventoryWith(
  change: Partial<Access>,
  vouch: 'as it is' | 'nobody' | 'a singly accepted issuer' = 'as it is',
): Inventory {
  const known = loadInventory(up.lab.inventoryFile);
  const access = new Map(known.access).set(id(), { ...known.access.get(id())!, ...change });
  const clients =
    vouch === 'nobody'
      ? []
      : known.snapshot.clients.map((client) =>
          vouch === 'as it is' ? client : { ...client, anchors: [], accepted: client.anchors },
        );
  return { ...known, access, snapshot: { ...known.snapshot, clients } };
}

const read = async (inventory: Inventory): Promise<readonly Observation[]> =>
  (await lookAtStores(inventory, new Set([id()]))).observations
    .map((seen) => ({ ...seen, at: '' }))
    .sort((one, other) => (keyOf(one) < keyOf(other) ? -1 : 1));

function keyOf({ kind, place }: Observation): string {
  return `${kind} ${'store' in place ? place.store : ''}`;
}

function reasonsIn(seen: readonly Observation[]): string[] {
  return [...new Set(seen.map((each) => (each.outcome === 'failed' ? each.failure.reason : each.outcome)))];
}

function secret(name: string, text: string): string {
  writeFileSync(join(up.lab.folder, name), `${text}\n`);
  return `file:${name}`;
}

describe.each([
  ['signed: by an anchor of a client profile', true],
  ['self-signed: by exactly the certificate that a profile accepted', false],
])('%s', (_, signed) => {
  beforeAll(async () => {
    up = await startTestLab('127.128.0.0/16', { signed });
  });
  afterAll(() => up[Symbol.asyncDispose]());
  afterEach(() => up.lab.reset());

  test('the pages tell what the command line tells', async () => {
    const byCommandLine = await read(loadInventory(up.lab.inventoryFile));
    expect(await read(inventoryWith({ hostKey: null }))).toEqual(byCommandLine);
  });

  test('a request that waits is downloaded', async () => {
    const uccx = up.lab.vos('uccx1');
    const { pem } = await uccx.newRequest();
    const seen = await read(inventoryWith({ hostKey: null }));
    const request = seen.find(
      ({ kind, place }) => kind === 'pending-request' && 'store' in place && place.store === 'tomcat',
    );
    expect(request).toMatchObject({ value: { request: pem.replaceAll(/-----[^-]+-----|\s/g, '') } });
  });

  test('who has web credentials alone needs no others', async () => {
    expect(reasonsIn(await read(inventoryWith({ user: null, read: null })))).toEqual(['recorded']);
  });

  test('without a browser the pages cannot be opened, which is said of who has no other way', async () => {
    vi.stubEnv('UCCERT_CHROMIUM', '/nowhere/chromium');
    expect(reasonsIn(await read(inventoryWith({ user: null, read: null })))).toEqual(['browser-unavailable']);
    expect(reasonsIn(await read(inventoryWith({ hostKey: null })))).toEqual(['host-key-not-pinned']);
    vi.unstubAllEnvs();
  });

  test('where the pages tell nothing either, both reasons are said', async () => {
    await up.lab.vos('uccx1').port(8443).present(closed);
    const [seen] = (await lookAtStores(inventoryWith({ hostKey: null }), new Set([id()]))).observations;
    expect(seen).toMatchObject({ failure: { reason: 'host-key-not-pinned', pages: 'connection refused' } });
  });

  test('a machine without 8443 has its pages at 443', async () => {
    const known = loadInventory(up.lab.inventoryFile);
    const ccp = up.lab.vos('ccp1').id;
    const access = new Map(known.access).set(ccp, { ...known.access.get(ccp)!, user: null, read: null });
    const { observations } = await lookAtStores({ ...known, access }, new Set([ccp]));
    expect(reasonsIn(observations)).toEqual(['recorded']);
  });

  test('another host key than the pinned one is not gone round', async () => {
    const hostKey = `SHA256:${'A'.repeat(43)}`;
    expect(reasonsIn(await read(inventoryWith({ hostKey })))).toEqual(['host-key-differs']);
  });

  test('a wrong password is shown once', async () => {
    const web = { user: up.lab.administrator.user, read: secret('wrong', 'wrong'), change: null };
    let shown = 0;
    const { signIn } = up.lab.vos('uccx1');
    const check = signIn.check.bind(signIn);
    signIn.check = (...given) => {
      shown += 1;
      return check(...given);
    };
    expect(reasonsIn(await read(inventoryWith({ hostKey: null, web })))).toEqual(['not-authorised']);
    expect(shown).toBe(1);
    signIn.check = check;
  });

  test.each([
    ['nobody vouches for the server', 'nobody', {}, 'host-key-not-pinned'],
    ['only an issuer was accepted singly', 'a singly accepted issuer', {}, 'host-key-not-pinned'],
    ['there are no web credentials', 'as it is', { web: null }, 'host-key-not-pinned'],
    ['there are no credentials at all', 'as it is', { user: null, read: null, web: null }, 'no-credentials'],
  ] as const)('no password is shown where %s', async (_case, vouch, change, reason) => {
    const { signIn } = up.lab.vos('uccx1');
    const check = signIn.check.bind(signIn);
    signIn.check = () => {
      throw new Error('a password was shown');
    };
    expect(reasonsIn(await read(inventoryWith({ hostKey: null, ...change }, vouch)))).toEqual([reason]);
    signIn.check = check;
  });
});
