import { spawnSync, type SpawnSyncReturns } from 'node:child_process';
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import packageJson from '../package.json' with { type: 'json' };
import { certificate, inDays } from './support/certificates.ts';

/** The package as somebody gets it: in a folder with nothing beside it, started from another that is empty. */
let folder: string;

function uccert(...args: readonly string[]): SpawnSyncReturns<string> {
  const state = { UCCERT_STATE: join(folder, 'state'), XDG_CACHE_HOME: join(folder, 'cache'), NO_COLOR: '1' };
  const main = join(folder, 'package', 'cli', 'uccert.js');
  return spawnSync(process.execPath, [main, ...args], {
    cwd: join(folder, 'empty'),
    encoding: 'utf8',
    env: { ...process.env, ...state, UCCERT_INVENTORY: undefined },
  });
}

beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'uccert-build-'));
  mkdirSync(join(folder, 'empty'));
  const pem = (name: string, der: Uint8Array): void =>
    writeFileSync(
      join(folder, 'empty', name),
      `-----BEGIN CERTIFICATE-----\n${Buffer.from(der).toString('base64')}\n-----END CERTIFICATE-----\n`,
    );
  pem('good.pem', certificate({ notAfter: inDays(300) }).der);
  pem('expired.pem', certificate({ notAfter: inDays(-1) }).der);
  const machine = '  gone: { type: UCCX_PUBLISHER, fqdn: gone.example.com, address: 127.121.0.1 }';
  const client = 'clients:\n  pc: { anchors: good.pem, audiences: [agents] }';
  writeFileSync(
    join(folder, 'empty', 'one.yaml'),
    `deployment: UCCX\nrelease: 15.0(1)\nmachines:\n${machine}\n${client}\n`,
  );
  const built = spawnSync(process.execPath, [resolve('tools/build.ts'), '--out', join(folder, 'package')], {
    encoding: 'utf8',
  });
  expect(built.stderr).toBe('');
});
afterAll(() => rmSync(folder, { recursive: true }));

test.each([
  [['--version'], 0, new RegExp(`^${packageJson.version}\n$`)],
  [['explain', 'certificate-expired'], 0, /CERTIFICATE-EXPIRED/],
  [
    ['explain', 'certificate-damaged'],
    0,
    /CERTIFICATE-DAMAGED[^]*invalid-signature[^]*uccert lab break certificate-damaged/,
  ],
  [['check', 'good.pem'], 0, /WELL/],
  [['check', 'expired.pem'], 1, /The end entity certificate has expired/],
  [['scan', '--target', '127.121.0.1:9'], 1, /Nothing listens|not listening|refused/],
  [['scan', 'gone.yaml'], 3, /^$/],
] as const)('uccert %j runs from the package, and ends with %i', (args, status, out) => {
  const done = uccert(...args);
  expect(done).toMatchObject({ status, stdout: expect.stringMatching(out) as unknown });
});

test.each([
  ['trust', /gone/],
  ['browse', /built without the suites/],
])('uccert %s on an inventory finds what it is made of, or says what is not there', (command, words) => {
  const { stdout, stderr, status } = uccert(command, 'one.yaml');
  expect(`${stdout}${stderr}`).toMatch(words);
  expect(status).not.toBe(70);
});

test('the manifest names what is started, and no dependency', () => {
  const manifest = JSON.parse(readFileSync(join(folder, 'package', 'package.json'), 'utf8')) as object;
  expect(manifest).toMatchObject({ name: 'uccert', bin: { uccert: './cli/uccert.js' } });
  expect(manifest).not.toHaveProperty('dependencies');
});
