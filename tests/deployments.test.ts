import { once } from 'node:events';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { loadInventory } from '#inventory/load.ts';
import { scenarios } from '#lab/scenarios/index.ts';
import type { Finding } from '#model/finding.ts';
import { scan } from '#workflow/scan.ts';
import { startTestLab, type TestLab } from './support/lab.ts';
import { Person } from './support/prompt.ts';

/** The deployments of Unified CCE, healthy: a scan finds nothing, and leaves nothing open. */
const labs = [
  ['PCCE', false, '127.111.0.0/16'],
  ['PCCE', true, '127.112.0.0/16'],
  ['UCCE', false, '127.113.0.0/16'],
  ['UCCE', true, '127.114.0.0/16'],
] as const;

async function look({ lab }: TestLab): Promise<Finding[]> {
  const { snapshot: inventory, certificates, limits } = loadInventory(lab.inventoryFile);
  const run = await scan({ command: ['scan'], inventory, certificates, limits, deep: false, judgeAt: null });
  return run.findings;
}

const isOpen = ({ verdict }: Finding): boolean => !['absent', 'not-applicable'].includes(verdict.status);

describe.each(labs)('a %s, signed: %s', (deployment, signed, network) => {
  let up: TestLab;
  beforeAll(async () => {
    up = await startTestLab(network, { deployment, signed });
  });
  afterAll(() => up[Symbol.asyncDispose]());

  test('shows no fault and leaves nothing open', async () => {
    const findings = await look(up);
    expect(findings.length).toBeGreaterThan(1000);
    expect(findings.filter(isOpen)).toEqual([]);
  });

  test('holds the certificates of its peers where the relations say so', () => {
    const { files } = up.lab.digest.machines['aw1']!;
    const stores = Object.values(files ?? {});
    expect(stores).toHaveLength(2);
    if (signed) for (const store of stores) expect(Object.keys(store)).toEqual(['root', 'intermediate_ca']);
  });
});

test('MediaSense beside a UCCX answers at its ports, renews at its prompt, and shows no fault', async () => {
  await using up = await startTestLab('127.175.0.0/16', { signed: true, mediasense: true });
  const findings = await look(up);
  expect(findings.filter(isOpen)).toEqual([]);
  const machines = new Set(findings.map(({ subject }) => ('machine' in subject ? subject.machine : '')));
  expect([...machines]).toEqual(expect.arrayContaining(['mediasense1', 'mediasense2']));
  const person = await Person.signIn(up.lab, up.lab.vos('mediasense1'));
  expect(await person.runs('set csr gen tomcat')).toContain('Successfully Generated CSR for tomcat');
  const gone = once(person.client, 'close');
  person.client.end();
  await gone;
  expect(up.lab.vos('mediasense1').openPorts).toEqual([443, 8440, 8443, 8446, 9081, 9443]);
});

test('the stores of Windows machines hold what the relations say, each certificate under an alias of its own', async () => {
  await using up = await startTestLab('127.115.0.0/16', { deployment: 'PCCE' });
  const { aw1, cvp1, finesse1, rogger1a } = up.lab.digest.machines;
  const [first, second] = Object.values(aw1!.files!);
  expect(Object.keys(first!)).toEqual(
    expect.arrayContaining([
      'cvp1.lab.example_wsm',
      'finesse2.lab.example_tomcat',
      'rogger1a.lab.example_iis',
      'rogger1a.lab.example_portico',
      'cuic1.lab.example_tomcat',
      'ece1.lab.example_iis',
    ]),
  );
  expect(second).toEqual(first);
  expect(first!['finesse1.lab.example_tomcat']).toBe(finesse1!.tomcat);
  expect(rogger1a!.ports[7890]).toEqual([first!['rogger1a.lab.example_portico']]);
  const [, keystore] = Object.entries(cvp1!.files!).find(([path]) => path.endsWith('.keystore')) ?? [];
  expect([keystore?.['aw1.lab.example_iis']]).toEqual(aw1!.ports[443]);
  expect(Object.keys(finesse1!['tomcat-trust']!)).toEqual(
    expect.arrayContaining(['cuic1.lab.example.pem', 'finesse2.lab.example.pem', 'cloudconnect1.lab.example.pem']),
  );
});

test('a fresh CVP carries its short name, which a scan says', async () => {
  await using up = await startTestLab('127.115.0.0/16', { deployment: 'PCCE', freshCvp: true });
  const found = (await look(up)).filter(({ verdict }) => verdict.status === 'present');
  const where = found.map(({ fault, subject }) => `${fault} ${'machine' in subject ? subject.machine : ''}`);
  expect([...new Set(where)].sort()).toEqual([
    'common-name-differs-from-inventory cvprep1',
    ...['cvp1', 'cvp2', 'cvprep1'].map((id) => `subject-alternative-name-missing ${id}`),
  ]);
});

test('a scenario of another deployment is refused', async () => {
  await using up = await startTestLab('127.115.0.0/16', { deployment: 'PCCE' });
  const wanted = scenarios.find(({ id }) => id === 'finesse-certificate-expired')!;
  await expect(up.lab.apply(wanted)).rejects.toThrow(/is about a UCCX lab; this one is PCCE/);
});

test('sixty machines come up, each with its ports, and reset quickly', async () => {
  const before = performance.now();
  await using up = await startTestLab('127.116.0.0/16', { machines: 60 });
  const started = performance.now() - before;
  const ports = up.lab.machines.flatMap((machine) => machine.ports);
  expect(up.lab.machines).toHaveLength(60);
  expect(ports.length).toBeGreaterThan(600);
  expect(started).toBeLessThan(15_000);
});
