import { once } from 'node:events';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createServer } from 'node:tls';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { loadInventory } from '#inventory/load.ts';
import { starterInventory } from '#inventory/starter.ts';
import { daysFrom, issue, newKey, newRoot } from '#lab/authority.ts';
import type { Finding } from '#model/finding.ts';
import type { InventorySnapshot, Machine } from '#model/inventory.ts';
import { listenersOf } from '#products/index.ts';
import { lookAtStores } from '#workflow/stores.ts';
import { scan } from '#workflow/scan.ts';
import type { Run } from '#model/run.ts';

/** The starters of the deployments that the lab cannot build: each machine is a plain TLS server here, and every port of it this one. */
const address = '127.0.0.1';
const folder = mkdtempSync(join(tmpdir(), 'uccert-types-'));
const server = createServer();
let port = 0;

beforeAll(async () => {
  const now = new Date();
  const wanted = { commonName: 'server', names: ['server.example.com'], notBefore: now, notAfter: daysFrom(now, 90) };
  const issuer = await newRoot(now, 'Root of the machine types');
  const { certificate, key } = await issue({ ...wanted, key: await newKey({ rsa: 2048 }), issuer });
  server.setSecureContext({
    cert: certificate.toString(),
    key: key.privateKey.export({ type: 'pkcs8', format: 'pem' }).toString(),
  });
  server.on('tlsClientError', () => undefined);
  server.on('secureConnection', (socket) => socket.on('error', () => undefined));
  server.listen(0, address);
  await once(server, 'listening');
  port = (server.address() as AddressInfo).port;
});

afterAll(() => {
  server.close();
  rmSync(folder, { recursive: true });
});

/** The starter of a deployment, every port of it at the server. */
function inventoryOf(deployment: 'PCCE' | 'UCCE'): InventorySnapshot {
  const file = join(folder, `${deployment}.yaml`);
  writeFileSync(file, starterInventory(deployment));
  const { snapshot } = loadInventory(file);
  const here = ({ ports, ...machine }: Machine): Machine => ({
    ...machine,
    ports,
    address,
    connect: Object.fromEntries(ports.map((each) => [String(each), `${address}:${String(port)}`])),
  });
  return { ...snapshot, machines: snapshot.machines.map(here) };
}

function scanned(inventory: InventorySnapshot): Promise<Run> {
  return scan({
    command: ['scan'],
    inventory,
    certificates: {},
    limits: { connectMs: 10_000, probeMs: 20_000, perMachine: 2 },
    deep: false,
    judgeAt: null,
  });
}

describe.each(['PCCE', 'UCCE'] as const)('a scan of the machines of a %s', (deployment) => {
  let run: Run;
  let inventory: InventorySnapshot;
  beforeAll(async () => {
    inventory = inventoryOf(deployment);
    run = await scanned(inventory);
  });

  test('looks at every documented port of every machine, and reads its certificate', () => {
    const seen = run.observations.flatMap(({ kind, outcome, place }) =>
      kind === 'certificate-list' && outcome === 'recorded' ? [`${place.machine}:${String(place.port)}`] : [],
    );
    const documented = inventory.machines.flatMap(({ id, type, release }) =>
      listenersOf(type, release).map((listener) => `${id}:${String(listener.port)}`),
    );
    expect(documented.length).toBeGreaterThan(40);
    expect(seen.toSorted()).toEqual(documented.toSorted());
  });

  test('judges all of it, without a defect of its own', () => {
    const defects = run.findings.filter(
      ({ verdict }) => verdict.status === 'inconclusive' && JSON.stringify(verdict).includes('defect-in-uccert'),
    );
    expect(defects).toEqual([]);
    const judged = new Set(run.findings.flatMap(({ subject }) => ('machine' in subject ? [subject.machine] : [])));
    expect(inventory.machines.filter(({ id }) => !judged.has(id))).toEqual([]);
  });

  test('and the deployment decides whether common names count', () => {
    const isPresent = ({ fault, verdict }: Finding): boolean =>
      fault === 'common-name-differs-from-inventory' && verdict.status === 'present';
    const machines = run.findings
      .filter(isPresent)
      .flatMap(({ subject }) => ('machine' in subject ? [subject.machine] : []));
    const compared = ['cvprep1', 'finesse1', 'finesse2', 'ids1', 'ids2'];
    expect([...new Set(machines)].toSorted()).toEqual(deployment === 'PCCE' ? compared : []);
  });
});

test('without credentials no store of a Windows machine is read, which is said of each once', async () => {
  const file = join(folder, 'cvp.yaml');
  writeFileSync(
    file,
    `deployment: PCCE\nrelease: 12.6(2)\nmachines: { cvp1: { type: CVP, fqdn: cvp1.example.com } }\n`,
  );
  const { observations } = await lookAtStores(loadInventory(file));
  expect(observations.map(({ kind, place }) => `${kind} ${'store' in place ? place.store : ''}`)).toEqual([
    'identity-store wsm_certificate',
    'trust-store .keystore',
    'key-store .keystore',
    'identity-store vxml_certificate',
    'identity-store callserver_certificate',
    'identity-store IIS',
    'trust-store LocalMachine\\Root',
    'binding IIS',
  ]);
  for (const observation of observations)
    expect(observation).toMatchObject({ failure: { reason: 'no-credentials', machine: 'cvp1' } });
});
