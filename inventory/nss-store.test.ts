import { execFileSync, spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { UsageError } from '#model/errors.ts';
import { toPem } from '#model/pem.ts';
import { certificate, ecKey } from '#tests/support/certificates.ts';
import { loadInventory } from './load.ts';
import { readNssStore } from './nss-store.ts';

const hasCertutil = spawnSync('certutil', ['-H']).error === undefined;
const anchor = certificate({ commonName: 'Root CA' });
const accepted = certificate({ commonName: 'uccx1.example.com' });
const issuer = certificate({ commonName: 'Issuing CA' });
const [before, renewed] = ['before', 'renewed'].map((key) => certificate({ commonName: 'Namesake', key: ecKey(key) }));
let folder: string;

function add(name: string, flags: string, { der }: { readonly der: Uint8Array }): void {
  const file = join(folder, 'certificate.pem');
  writeFileSync(file, toPem(der));
  execFileSync('certutil', ['-A', '-d', `sql:${folder}`, '-n', name, '-t', flags, '-i', file]);
}

describe.runIf(hasCertutil)('the store of a browser', () => {
  beforeAll(() => {
    folder = mkdtempSync(join(tmpdir(), 'uccert-nss-'));
    execFileSync('certutil', ['-N', '-d', `sql:${folder}`, '--empty-password']);
    add('the root,  of "Example"', 'CT,C,C', anchor);
    add('ünser Server', 'P,,', accepted);
    add('only an issuer', ',,', issuer);
    add('namesake', 'C,,', before!);
    add('namesake', ',,', renewed!);
  });
  afterAll(() => rmSync(folder, { recursive: true }));

  test('tells anchors from single certificates, and both from what only completes paths', () => {
    expect(readNssStore(folder)).toEqual({ anchors: [anchor.der], accepted: [accepted.der] });
  });

  test('is read beside the files of the profile', () => {
    const file = join(folder, 'uccert.yaml');
    writeFileSync(join(folder, 'own.pem'), toPem(issuer.der));
    const machine = '{ type: CCP, fqdn: ccp.example.com }';
    const write = (nss: string): void =>
      writeFileSync(
        file,
        `deployment: UCCX\nrelease: 15.0(1)\nmachines:\n  ccp: ${machine}\nclients:\n  pc: { anchors: own.pem, nss: "${nss}" }\n`,
      );
    write('.');
    expect(loadInventory(file).snapshot.clients).toMatchObject([
      { anchors: [issuer.sha256, anchor.sha256], accepted: [accepted.sha256] },
    ]);
    write('nowhere');
    expect(() => loadInventory(file)).toThrow(UsageError);
    expect(() => loadInventory(file)).toThrow(/:6: clients\.pc\.nss: .*holds no cert9\.db/);
  });

  test('is not known without certutil, and says what to install', () => {
    const path = process.env['PATH'];
    process.env['PATH'] = folder;
    try {
      expect(JSON.stringify(readNssStore(folder))).toMatch(/file-unreadable.*libnss3-tools/);
    } finally {
      process.env['PATH'] = path;
    }
  });

  test('is not known where it cannot be opened', () => {
    expect(JSON.stringify(readNssStore(join(folder, 'gone')))).toMatch(/file-unreadable.*by hand/);
  });
});
