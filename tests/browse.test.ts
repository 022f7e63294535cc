import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
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
  test('shows all pages of a healthy lab, and leaves nothing but what it was asked for', async () => {
    const before = new Set(readdirSync(tmpdir()));
    const run = await browseLab();

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
    const left = readdirSync(tmpdir()).filter((name) => !before.has(name) && /uccert-(browse|home)-/.test(name));
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
        expect(run.certificates).toHaveProperty([verdict.certificate ?? '']);
      }
      const refused = run.observations.find(({ kind, outcome }) => kind === 'browser-page' && outcome === 'recorded');
      expect(refused).toMatchObject({ value: { screenshot: 'screenshots/uccx1-443-pc-managed.png' } });
    } finally {
      await running.lab.heal();
    }
  });

  test('takes the word of a PC that trusts nobody', async () => {
    const file = join(running.lab.folder, 'stranger.yaml');
    const text = await readFile(running.lab.inventoryFile, 'utf8');
    await writeFile(file, text.replace(/clients:[^]*?credentials:/, 'clients:\n  stranger: {}\ncredentials:'));
    const run = await browseLab(file);
    expect(new Set(outcomes(run).map((line) => line.split(' ')[1]))).toEqual(
      new Set(['net::ERR_CERT_AUTHORITY_INVALID']),
    );
    expect(outcomes(run)).toHaveLength(4);
  });

  test('says of every page that no browser could be started', async () => {
    process.env['UCCERT_CHROMIUM'] = '/nowhere/chromium';
    try {
      const run = await browseLab();
      expect(outcomes(run)).toEqual(
        [443, 8445, 443, 8445].map((port, at) => `uccx${at < 2 ? 1 : 2}:${port} browser-unavailable`),
      );
      expect(verdicts(run)).toEqual(Array.from({ length: 4 }, (_, at) => `uccx${at < 2 ? 1 : 2} inconclusive`));
    } finally {
      delete process.env['UCCERT_CHROMIUM'];
    }
  });

  test('keeps no secret', async () => {
    const run = await browseLab();
    const secret = running.lab.administrator.password;
    expect(JSON.stringify(run)).not.toContain(secret);
    for (const entry of readdirSync(outFolder, { recursive: true, withFileTypes: true })) {
      if (entry.isFile()) expect(readFileSync(join(entry.parentPath, entry.name)).includes(secret)).toBe(false);
    }
    expect(existsSync(join(outFolder, 'observations.json'))).toBe(false);
  });

  test('names the clients there are when another is asked for', async () => {
    const request = { command: [], judgeAt: null, outFolder, clients: ['pc-home'] };
    await expect(browse(loadInventory(running.lab.inventoryFile), request)).rejects.toThrow('Name one of: pc-managed.');
  });
});
