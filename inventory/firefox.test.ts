import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, expect, test } from 'vitest';
import { sha256 } from '#model/digest.ts';
import { firefoxExceptions, firefoxPolicies, type FirefoxTrust } from '#model/firefox-trust.ts';
import { toPem } from '#model/pem.ts';
import { certificate } from '#tests/support/certificates.ts';
import { firefoxTrust } from './firefox.ts';
import { loadInventory } from './load.ts';

const folder = mkdtempSync(join(tmpdir(), 'uccert-firefox-'));
afterAll(() => {
  rmSync(folder, { recursive: true });
});

const root = certificate({ commonName: 'Root CA', ca: true });
const plain = certificate();
const old = certificate({ ca: 0, notBefore: new Date('2024-01-01'), notAfter: new Date('2029-01-01') });
const renewed = certificate({ ca: 0, notBefore: new Date('2025-01-01'), notAfter: new Date('2030-01-01') });
const elsewhere = certificate({ commonName: 'www.example.com', ca: 0 });

function trustOf(anchors: readonly { der: Uint8Array }[], accepted: readonly { der: Uint8Array }[]): FirefoxTrust {
  for (const [name, list] of Object.entries({ anchors, accepted }))
    writeFileSync(join(folder, `${name}.pem`), list.map(({ der }) => toPem(der)).join(''));
  const file = join(folder, 'uccert.yaml');
  writeFileSync(
    file,
    `deployment: UCCX
release: 12.5(1)SU3
machines:
  uccx1: { type: UCCX_PUBLISHER, fqdn: uccx1.example.com }
clients:
  pc: { anchors: anchors.pem, accepted: accepted.pem, browser: firefox }
`,
  );
  const inventory = loadInventory(file);
  return firefoxTrust(inventory.snapshot.clients[0]!, inventory);
}

test('authorities, and what does not call itself one, come by policy', () => {
  expect(trustOf([root], [plain])).toEqual({ byPolicy: [root, plain].map(({ der }) => sha256(der)), exceptions: [] });
});

test('a single certificate that calls itself an authority is an exception at the ports of its machine, the newer one', () => {
  const { byPolicy, exceptions } = trustOf([], [renewed, old, elsewhere]);
  expect(byPolicy).toEqual([]);
  expect(new Set(exceptions.map(({ sha256: digest }) => digest))).toEqual(new Set([sha256(renewed.der)]));
  expect(new Set(exceptions.map(({ host }) => host))).toEqual(new Set(['uccx1.example.com']));
  expect(exceptions.map(({ port }) => port)).toEqual(expect.arrayContaining([8445, 12015]));
});

test('policies name the files, and nothing that the system trusts', () => {
  expect(JSON.parse(firefoxPolicies(['root.pem']))).toEqual({
    policies: { Certificates: { ImportEnterpriseRoots: false, Install: ['root.pem'] } },
  });
});

test('an exception is a line of the file of the profile', () => {
  const digest = sha256(plain.der);
  const [, line] = firefoxExceptions([{ host: 'uccx1.example.com', port: 8445, sha256: digest }]).split('\n');
  expect(line).toMatch(
    /^uccx1\.example\.com:8445:\tOID\.2\.16\.840\.1\.101\.3\.4\.2\.1\t(?:[0-9A-F]{2}:){31}[0-9A-F]{2}\t$/,
  );
});
