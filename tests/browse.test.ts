import { readdirSync, readFileSync } from 'node:fs';
import { mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, beforeEach, describe, expect, test, vi } from 'vitest';
import { parse, stringify } from 'yaml';
import { loadInventory } from '#inventory/load.ts';
import { finesseCertificateExpired } from '#lab/scenarios/finesse-certificate-expired.ts';
import { Run } from '#model/run.ts';
import { browse } from '#workflow/browse.ts';
import { startTestLab, type TestLab } from './support/lab.ts';

let running: TestLab;
let outFolder: string;

beforeAll(async () => {
  running = await startTestLab('127.73.0.0/16');
});
afterAll(() => running[Symbol.asyncDispose]());

beforeEach(async () => {
  outFolder = await mkdtemp(join(tmpdir(), 'uccert-out-'));
  return () => rm(outFolder, { recursive: true, force: true });
});

async function browseLab(file = running.lab.inventoryFile): Promise<Run> {
  return browse(loadInventory(file), { command: ['uccert', 'browse'], judgeAt: null, outFolder });
}

interface Written {
  machines: Record<string, object>;
  clients: Record<string, object>;
}

/** The lab's inventory with changes, in a file beside it. */
async function changedInventory(change: (inventory: Written) => void): Promise<string> {
  const inventory = parse(await readFile(running.lab.inventoryFile, 'utf8')) as Written;
  change(inventory);
  const file = join(running.lab.folder, 'changed.yaml');
  await writeFile(file, stringify(inventory));
  return file;
}

/** `uccx1:443 shown`, one line per page. */
function outcomes(run: Run): string[] {
  return run.observations.flatMap((observation) => {
    if (observation.kind !== 'browser-page') return [];
    const { machine, port } = observation.place;
    const at = `${machine}:${port}`;
    if (observation.outcome === 'failed') return [`${at} ${observation.failure.reason}`];
    const { value } = observation;
    return [`${at} ${value.outcome === 'refused' ? value.error : value.outcome}`];
  });
}

function verdicts(run: Run): string[] {
  return run.findings
    .filter(({ fault }) => fault === 'browser-refuses')
    .map(({ verdict, subject }) => `${subject.scope === 'endpoint' ? subject.machine : ''} ${verdict.status}`);
}

describe('browse', () => {
  test('shows all pages of a healthy lab, and leaves nothing behind but what it was asked for', async () => {
    const temporary = join(running.state, 'tmp');
    await mkdir(temporary);
    vi.stubEnv('TMPDIR', temporary);
    const run = await browseLab();
    vi.unstubAllEnvs();

    expect(outcomes(run)).toEqual(['uccx1:443 shown', 'uccx1:8445 shown', 'uccx2:443 shown', 'uccx2:8445 shown']);
    expect(verdicts(run)).toEqual(['uccx1 absent', 'uccx1 absent', 'uccx2 absent', 'uccx2 absent']);
    expect(Run.safeParse(run).success).toBe(true);
    expect(readdirSync(outFolder).sort()).toEqual(['allure-results', 'screenshots']);
    expect(readdirSync(join(outFolder, 'screenshots')).sort()).toEqual([
      'uccx1-443-pc-managed.png',
      'uccx1-8445-pc-managed.png',
      'uccx2-443-pc-managed.png',
      'uccx2-8445-pc-managed.png',
    ]);
    const secret = running.lab.administrator.password;
    expect(JSON.stringify(run)).not.toContain(secret);
    for (const entry of readdirSync(outFolder, { recursive: true, withFileTypes: true }))
      if (entry.isFile()) expect(readFileSync(join(entry.parentPath, entry.name)).includes(secret)).toBe(false);
    const left = readdirSync(temporary).filter((name) => name.startsWith('uccert-'));
    expect(left).toEqual([]);
  });

  test('sees the warning of a certificate that ran out, and keeps the certificate', async () => {
    await running.lab.apply(finesseCertificateExpired);
    try {
      const run = await browseLab();
      expect(outcomes(run)).toEqual([
        'uccx1:443 net::ERR_CERT_DATE_INVALID',
        'uccx1:8445 net::ERR_CERT_DATE_INVALID',
        'uccx2:443 shown',
        'uccx2:8445 shown',
      ]);
      expect(verdicts(run)).toEqual(['uccx1 present', 'uccx1 present', 'uccx2 absent', 'uccx2 absent']);
      for (const { fault, verdict } of run.findings) {
        if (fault !== 'browser-refuses' || verdict.status !== 'present') continue;
        expect(run.certificates).toHaveProperty(verdict.certificate ?? 'none');
      }
      const refused = run.observations.find(({ kind }) => kind === 'browser-page');
      expect(refused).toMatchObject({ value: { screenshot: 'screenshots/uccx1-443-pc-managed.png' } });
    } finally {
      await running.lab.heal();
    }
  });

  test('takes the word of a PC that trusts nobody, and tells a closed port from a refused page', async () => {
    const run = await browseLab(
      await changedInventory((inventory) => {
        inventory.machines = { uccx2: { ...inventory.machines['uccx2']!, connect: { 8445: '127.73.0.254:8445' } } };
        inventory.clients = { stranger: {} };
      }),
    );
    expect(outcomes(run)).toEqual(['uccx2:443 net::ERR_CERT_AUTHORITY_INVALID', 'uccx2:8445 connection-refused']);
    expect(verdicts(run)).toEqual(['uccx2 present', 'uccx2 inconclusive']);
  });

  test('says of every page that no browser could be started', async () => {
    vi.stubEnv('UCCERT_CHROMIUM', '/nowhere/chromium');
    const run = await browseLab(
      await changedInventory((inventory) => {
        inventory.machines = { uccx1: inventory.machines['uccx1']! };
      }),
    );
    vi.unstubAllEnvs();
    expect(outcomes(run)).toEqual(['uccx1:443 browser-unavailable', 'uccx1:8445 browser-unavailable']);
    expect(verdicts(run)).toEqual(['uccx1 inconclusive', 'uccx1 inconclusive']);
    expect(JSON.stringify(run)).toContain('There is no browser at /nowhere/chromium.');
  });

  test('is not silent about pages when the suites do not start', async () => {
    vi.stubEnv('NODE_OPTIONS', '--no-such-option');
    const run = await browseLab();
    vi.unstubAllEnvs();
    expect(new Set(outcomes(run).map((line) => line.split(' ')[1]))).toEqual(new Set(['defect-in-uccert']));
    expect(JSON.stringify(run)).toContain('--no-such-option is not allowed');
  });

  test('asks nothing of a browser where nobody opens a page', async () => {
    const run = await browseLab(await changedInventory((inventory) => (inventory.clients = {})));
    expect(run.asked.kinds).not.toContain('browser-page');
    expect(run.asked.notAsked).toContainEqual(expect.stringMatching(/^what a browser shows: no client/));
  });

  test('names the clients there are when another is asked for', async () => {
    const request = { command: [], judgeAt: null, outFolder, clients: ['pc-home'] };
    await expect(browse(loadInventory(running.lab.inventoryFile), request)).rejects.toThrow('Name one of: pc-managed.');
  });
});
