import { execFileSync } from 'node:child_process';
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { isPresent } from '#model/finding.ts';
import { loadInventory, type Inventory } from '#inventory/load.ts';
import { bundleFiles } from '#reports/bundle.ts';
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
