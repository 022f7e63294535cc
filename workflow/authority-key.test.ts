import { execFileSync } from 'node:child_process';
import { createPrivateKey } from 'node:crypto';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { authorityKeys } from './authority-key.ts';

/** Key files as OpenSSL writes them. */
let folder: string;
const openssl = (...args: string[]): Buffer =>
  execFileSync('openssl', args, { cwd: folder, stdio: ['ignore', 'pipe', 'ignore'] });

beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'uccert-keys-'));
  openssl(
    'req',
    '-x509',
    '-newkey',
    'rsa:2048',
    '-nodes',
    '-keyout',
    'key.pem',
    '-out',
    'ca.pem',
    '-subj',
    '/CN=Root CA',
  );
  openssl('pkcs8', '-topk8', '-in', 'key.pem', '-out', 'sealed.pem', '-passout', 'pass:right');
  const export12 = ['pkcs12', '-export', '-inkey', 'key.pem', '-in', 'ca.pem', '-passout', 'pass:right'];
  openssl(...export12, '-out', 'modern.p12');
  openssl(
    ...export12,
    '-out',
    'triple-des.p12',
    '-keypbe',
    'PBE-SHA1-3DES',
    '-certpbe',
    'PBE-SHA1-3DES',
    '-macalg',
    'sha1',
  );
  openssl(...export12, '-out', 'open.p12', '-keypbe', 'NONE', '-certpbe', 'NONE');
  openssl('pkcs12', '-export', '-nokeys', '-in', 'ca.pem', '-passout', 'pass:right', '-out', 'without.p12');
});
afterAll(() => rmSync(folder, { recursive: true }));

const modulusOf = (file: string, password: string | null): unknown[] =>
  authorityKeys(join(folder, file), password).map((key) => key.export({ format: 'jwk' }).n);

test.each([
  ['key.pem', null],
  ['sealed.pem', 'right'],
  ['modern.p12', 'right'],
  ['triple-des.p12', 'right'],
  ['open.p12', 'right'],
])('the key of %s', (file, password) => {
  const { n } = createPrivateKey(openssl('pkey', '-in', 'key.pem')).export({ format: 'jwk' });
  expect(modulusOf(file, password)).toEqual([n]);
});

test('a file of certificates alone has none', () => {
  expect(modulusOf('without.p12', 'right')).toEqual([]);
});

test.each(['sealed.pem', 'modern.p12', 'triple-des.p12'])('%s is not opened with another password', (file) => {
  expect(() => modulusOf(file, 'wrong')).toThrow();
  expect(() => modulusOf(file, null)).toThrow();
});
