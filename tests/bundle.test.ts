import { execFileSync, spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { isPresent } from '#model/verdict.ts';
import { loadInventory, type Inventory } from '#inventory/load.ts';
import { runBundle } from '#cli/run-bundle.ts';
import { bundleFiles, bundleWarnings } from '#reports/bundle.ts';
import { makeBundle } from '#workflow/bundle.ts';
import { trust } from '#workflow/trust.ts';
import { startTestLab, type TestLab } from './support/lab.ts';

/** What PCs are given, put where a PC keeps it, and looked through. */
let up: TestLab;
let folder: string;

beforeAll(async () => {
  up = await startTestLab('127.150.0.0/16');
  folder = join(up.state, 'bundle');
  for (const { path, contents } of bundleFiles(makeBundle(inventory(), undefined))) {
    const file = join(folder, path);
    mkdirSync(dirname(file), { recursive: true });
    writeFileSync(file, contents);
  }
});
afterAll(() => up[Symbol.asyncDispose]());

const inventory = (): Inventory => loadInventory(up.lab.inventoryFile);
const file = (path: string): string => readFileSync(join(folder, path), 'utf8');

test('a PC that ran the script for NSS refuses nothing', async () => {
  const store = join(folder, 'nssdb');
  const listed = execFileSync('sh', [join(folder, 'install-nss.sh'), store], { encoding: 'utf8' });
  expect(listed).toMatch(/uccx1\.lab\.example\s+P,,/);
  const text = readFileSync(up.lab.inventoryFile, 'utf8');
  try {
    writeFileSync(up.lab.inventoryFile, text.replace(/^( +)accepted: .*$/m, `$1nss: ${store}`));
    const run = await trust(inventory(), { command: [], judgeAt: null, deep: false });
    expect(run.findings.filter(isPresent)).toEqual([]);
  } finally {
    writeFileSync(up.lab.inventoryFile, text);
  }
});

test('the script for NSS takes out what it put in, and takes no other file', () => {
  const store = join(folder, 'other-nssdb');
  const run = (...args: string[]) =>
    spawnSync('sh', [join(folder, 'install-nss.sh'), ...args, store], { encoding: 'utf8' });
  expect(run().stdout).toMatch(/uccx1\.lab\.example\s+P,,/);
  const removed = run('--remove');
  expect([removed.status, removed.stdout.includes('uccx1')]).toEqual([0, false]);
  // What somebody put there under a name of their own stays as it was, with its own trust.
  const own = join(folder, 'certificates', 'uccx1.lab.example.cer');
  execFileSync('certutil', ['-A', '-d', `sql:${store}`, '-t', 'C,,', '-n', 'Our own name', '-i', own]);
  expect(run().stdout).toMatch(/uccx1\.lab\.example was there before as Our own name/);
  expect(run('--remove').stdout).toMatch(/^Our own name\s+C,,/m);
  const certificate = join(folder, 'certificates', 'uccx1.lab.example.cer');
  const bytes = readFileSync(certificate);
  try {
    writeFileSync(certificate, 'another');
    const refused = run();
    expect(refused.status).toBe(1);
    expect(refused.stderr).toMatch(/uccx1\.lab\.example\.cer is not the file of this bundle/);
  } finally {
    writeFileSync(certificate, bytes);
  }
});

describe('what is to be known before', () => {
  const after = new Date('2999-01-01');
  test('is that the key of a certificate that calls itself an authority can sign for any name', () => {
    expect(bundleWarnings(makeBundle(inventory(), undefined)).join('\n')).toMatch(
      /CA:TRUE.*sign for any name.*ca-signed/,
    );
    expect(file('README.md')).toMatch(/## Before you hand it out[\s\S]*can sign for any name/);
    const { certificates, ...bundle } = makeBundle(inventory(), undefined);
    const plain = certificates.map((each) => ({ ...each, isAuthority: false }));
    expect(bundleWarnings({ ...bundle, certificates: plain })).toEqual([]);
  });

  test('is what has ended, and its pages are not among those that open', () => {
    const ended = makeBundle(inventory(), undefined, after);
    expect(bundleWarnings(ended).join('\n')).toMatch(/uccx1\.lab\.example ended on \d{4}/);
    expect(ended.pages).toEqual([]);
    expect(makeBundle(inventory(), undefined).pages.length).toBeGreaterThan(0);
    expect(file('README.md')).not.toContain('ended on');
  });
});

describe('the folder', () => {
  const bundled = (out: string) => () => runBundle({ inventory: up.lab.inventoryFile, client: undefined, out });
  test('of an earlier bundle keeps nothing of it', () => {
    const out = join(up.state, 'twice');
    bundled(out)();
    writeFileSync(join(out, 'certificates', 'old.cer'), 'of another profile');
    writeFileSync(
      join(out, 'files.txt'),
      `${readFileSync(join(out, 'files.txt'), 'utf8')}certificates/old.cer\n../kept.txt\n`,
    );
    writeFileSync(join(up.state, 'kept.txt'), 'elsewhere');
    bundled(out)();
    expect(existsSync(join(out, 'certificates', 'old.cer'))).toBe(false);
    expect(existsSync(join(up.state, 'kept.txt'))).toBe(true);
  });

  test('with anything else in it is refused, and stays as it is', () => {
    const out = join(up.state, 'full');
    mkdirSync(out);
    writeFileSync(join(out, 'mine.txt'), 'mine');
    expect(bundled(out)).toThrow(/is not empty, and no earlier bundle/);
    expect(readdirSync(out)).toEqual(['mine.txt']);
  });
});

describe('the files', () => {
  test('of Windows are plain and name what they install by its digest', () => {
    const script = file('install.ps1');
    expect(script).toMatch(/^[\t\r\n -~]*$/);
    for (const { name, sha256 } of makeBundle(inventory(), 'pc-managed').certificates) {
      expect(script).toContain(`@{ File = '${name}.cer'; Sha256 = '${sha256}' }`);
    }
  });

  test('of Firefox are policies, each with its file', () => {
    const { policies } = JSON.parse(file('firefox/policies.json')) as {
      policies: { Certificates: { Install: string[]; ImportEnterpriseRoots: boolean } };
    };
    expect(policies.Certificates.ImportEnterpriseRoots).toBe(true);
    for (const name of policies.Certificates.Install) expect(file(`certificates/${name}`)).toMatch(/^-----BEGIN/);
  });

  test('of Firefox hold exceptions for the certificates that call themselves authorities', () => {
    for (const { sha256 } of makeBundle(inventory(), undefined).certificates) {
      const fingerprint = sha256.toUpperCase().match(/../g)?.join(':') ?? '';
      expect(file('firefox/cert_override.txt')).toMatch(
        new RegExp(`^\\w+\\.lab\\.example:443:.*\\t${fingerprint}\\t$`, 'm'),
      );
    }
    expect(file('README.md')).toContain('MOZILLA_PKIX_ERROR_CA_CERT_USED_AS_END_ENTITY');
  });

  test('name the pages that people open', () => {
    expect(file('README.md')).toContain('<https://uccx1.lab.example:8445/desktop> Finesse desktop');
  });
});

test.each([['no such profile', 'pc-fresh', /no client profile pc-fresh[\s\S]*the inventory has: pc-managed/]])(
  '%s is said',
  (_what, client, message) => {
    expect(() => makeBundle(inventory(), client)).toThrow(message);
  },
);
