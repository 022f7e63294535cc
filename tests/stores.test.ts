import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { parse, stringify } from 'yaml';
import { loadInventory, type Inventory } from '#inventory/load.ts';
import type { Observation, ObservationKind, Observed } from '#model/observation.ts';
import { lookAtStores } from '#workflow/stores.ts';
import { trust } from '#workflow/trust.ts';
import { startTestLab, type TestLab } from './support/lab.ts';

/** The stores of every machine of a deployment, read over real SSH. */
let up: TestLab;

beforeAll(async () => {
  up = await startTestLab('127.131.0.0/16', { deployment: 'UCCE' });
});
afterAll(() => up[Symbol.asyncDispose]());

/** The lab's inventory with changes, beside it so that its references hold. */
function changed(change: (inventory: Record<string, Record<string, Record<string, unknown>>>) => void): Inventory {
  const written = parse(readFileSync(up.lab.inventoryFile, 'utf8')) as Parameters<typeof change>[0];
  change(written);
  const file = join(up.lab.folder, 'changed.yaml');
  writeFileSync(file, stringify(written));
  return loadInventory(file);
}

function recorded<K extends ObservationKind>(
  observations: readonly Observation[],
  kind: K,
  machine: string,
  store: string,
): Observed<K> {
  const found = observations.find(
    ({ kind: own, place }) =>
      own === kind && place.at === 'store' && place.machine === machine && place.store === store,
  );
  if (found?.outcome !== 'recorded') throw new Error(`${kind} ${store} of ${machine}: ${JSON.stringify(found)}`);
  return found.value as Observed<K>;
}

describe('every store of a UCCE is read', () => {
  let seen: readonly Observation[];
  beforeAll(async () => {
    seen = (await lookAtStores(loadInventory(up.lab.inventoryFile))).observations;
  });

  test('each once, and none fails', () => {
    const names = seen.map(({ kind, place }) => `${kind} ${place.at === 'store' ? place.store : ''} ${place.machine}`);
    expect(new Set(names).size).toBe(names.length);
    expect(seen.filter(({ outcome }) => outcome === 'failed')).toEqual([]);
  });

  test('the key store of CVP: identities by alias, trusted certificates, and whether its password opens the keys', () => {
    const shown = up.lab.digest.machines['cvp1']!.ports[8111];
    expect([recorded(seen, 'identity-store', 'cvp1', 'wsm_certificate').certificate]).toEqual(shown);
    const entries = recorded(seen, 'trust-store', 'cvp1', '.keystore').entries.map(({ name }) => name);
    expect(entries).toContain('aw1.lab.example_iis');
    const { format, integrity, parts } = recorded(seen, 'key-store', 'cvp1', '.keystore');
    expect([format, integrity]).toEqual(['JCEKS', 'verified']);
    expect(parts.flatMap((part) => (part.holds === 'key-entry' ? [part.key] : []))).toEqual(Array(3).fill('opened'));
  });

  test('the bindings of Windows, with their certificates and what DiagFwCertMgr noted', () => {
    const binding = recorded(seen, 'binding', 'aw1', 'Diagnostic Framework');
    expect(up.lab.digest.machines['aw1']!.ports[7890]).toEqual([binding.certificate]);
    expect(binding.noted?.toLowerCase()).toBe(binding.thumbprint);
    expect(recorded(seen, 'binding', 'aw1', 'IIS').noted).toBe(null);
  });

  test('the cacerts of the Java of CVP', () => {
    for (const id of ['cvp1', 'cvprep1', 'oamp1'])
      expect(recorded(seen, 'trust-store', id, 'cacerts of the JRE').entries).toEqual([]);
  });

  test('both cacerts of the AW, and its host.pem', () => {
    const { entries } = recorded(seen, 'trust-store', 'aw1', 'cacerts');
    expect(recorded(seen, 'trust-store', 'aw1', 'cacerts of OpenJDK').entries).toEqual(entries);
    expect(recorded(seen, 'identity-store', 'aw1', 'host.pem').certificate).toMatch(/^[0-9a-f]{64}$/);
  });

  test('every unit of CUCM, and no request that nobody made', () => {
    for (const unit of ['tomcat', 'CallManager', 'TVS', 'ITLRecovery']) {
      expect(recorded(seen, 'identity-store', 'cucm1', unit).certificate).toMatch(/^[0-9a-f]{64}$/);
      expect(recorded(seen, 'pending-request', 'cucm1', unit)).toEqual({ request: null });
    }
  });
});

test('a request that waits is seen', async () => {
  const finesse = up.lab.vos('finesse1');
  const { pem } = await finesse.newRequest(finesse.units.tomcat);
  const { observations } = await lookAtStores(loadInventory(up.lab.inventoryFile), new Set([finesse.id]));
  const { request } = recorded(observations, 'pending-request', 'finesse1', 'tomcat');
  expect(pem.replaceAll(/-----[^-]+-----|\s/g, '')).toBe(request);
  await up.lab.reset();
});

test('a machine whose SSH server runs PowerShell reads alike', async () => {
  const only = new Set(['aw1', 'cvp1'].map((id) => up.lab.windows(id).id));
  const times = ({ observations }: { observations: readonly Observation[] }): unknown[] =>
    observations.map((observation) => ({ ...observation, at: '' }));
  const inCmd = await lookAtStores(loadInventory(up.lab.inventoryFile), only);
  for (const id of only) up.lab.windows(id).shell = 'powershell';
  const inPowershell = await lookAtStores(
    changed(({ machines = {} }) => {
      for (const id of only) (machines[id] ??= {})['ssh'] = { ...(machines[id]['ssh'] as object), shell: 'powershell' };
    }),
    only,
  );
  expect(times(inPowershell)).toEqual(times(inCmd));
  await up.lab.reset();
});

test('a password of the key store that is not its own opens no key, and still shows what needs none', async () => {
  writeFileSync(join(up.lab.folder, 'wrong'), 'wrong\n');
  const inventory = changed(({ machines = {} }) => {
    (machines['cvp1'] ??= {})['keyStorePassword'] = 'file:wrong';
  });
  const { observations } = await lookAtStores(inventory, new Set([up.lab.windows('cvp1').id]));
  expect(recorded(observations, 'key-store', 'cvp1', '.keystore').integrity).toBe('refused');
  expect(recorded(observations, 'identity-store', 'cvp1', 'wsm_certificate').certificate).toMatch(/^[0-9a-f]{64}$/);
});

test('without credentials the wire is judged, and no store is fine', async () => {
  const inventory = changed((all) => delete all['credentials']);
  const { findings } = await trust(inventory, { command: [], judgeAt: null, deep: false });
  const of = (scope: string): Set<string> =>
    new Set(findings.filter(({ subject }) => subject.scope === scope).map(({ verdict }) => verdict.status));
  expect([...of('trust-relation')]).toEqual(['inconclusive']);
  expect([...of('store')]).toEqual(['inconclusive']);
  expect(of('endpoint')).toContain('absent');
});

describe('CUCM without a pinned host key', () => {
  const read = async (signed: boolean, isAccepted = true): Promise<readonly Observation[]> => {
    await using lab = await startTestLab('127.136.0.0/16', { deployment: 'PCCE', signed });
    const known = loadInventory(lab.lab.inventoryFile);
    const { id } = lab.lab.vos('cucm1');
    const access = new Map(known.access);
    access.set(id, { ...known.access.get(id)!, hostKey: null });
    const clients = known.snapshot.clients.map((client) => (isAccepted ? client : { ...client, accepted: [] }));
    const snapshot = { ...known.snapshot, clients };
    return (await lookAtStores({ ...known, snapshot, access }, new Set([id]))).observations;
  };

  test('is read by its certificate API, where TLS ends in an anchor of a client profile', async () => {
    const seen = await read(true);
    expect(seen.filter(({ outcome }) => outcome === 'failed')).toEqual([]);
    expect(recorded(seen, 'trust-store', 'cucm1', 'tomcat-trust').entries).toHaveLength(2);
    expect(recorded(seen, 'identity-store', 'cucm1', 'CallManager').certificate).toMatch(/^[0-9a-f]{64}$/);
  });

  test('and where a client profile accepted exactly its certificate', async () => {
    expect((await read(false)).filter(({ outcome }) => outcome === 'failed')).toEqual([]);
  });

  test('is not, where no profile vouches for it: nothing shows the password', async () => {
    const reasons = (await read(false, false)).map((seen) =>
      seen.outcome === 'failed' ? seen.failure.reason : seen.outcome,
    );
    expect([...new Set(reasons)]).toEqual(['host-key-not-pinned']);
  });
});
