import { createServer, type Server } from 'node:http';
import { once } from 'node:events';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { EndpointPlace, Observed } from '#model/observation.ts';
import type { MachineId } from '#model/names.ts';
import { certificatesOfPem } from '#model/pem.ts';
import { RevocationLists } from '#probes/revocation.ts';
import { isReadable, readCertificate, type Certificate } from '#x509/certificate.ts';
import { runProgram } from './servers.ts';

/** Certificates and revocation lists as openssl makes them, lists over HTTP from loop-back. */
let folder: string;
let authorities: Server;
let origin: string;
const bodies = new Map<string, Buffer | 'hang'>();

const openssl = (...args: string[]): Promise<void> => runProgram('openssl', args, { cwd: folder });

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'uccert-revocation-'));
  authorities = createServer((request, response) => {
    const body = bodies.get(request.url ?? '');
    if (body === 'hang') return;
    if (body === undefined) response.writeHead(404).end();
    else response.end(body);
  });
  authorities.listen(0, '127.85.0.80');
  await once(authorities, 'listening');
  origin = `http://127.85.0.80:${String((authorities.address() as AddressInfo).port)}`;

  await writeFile(
    join(folder, 'openssl.cnf'),
    `[ca]\ndefault_ca = own\n[own]\ndatabase = index.txt\nnew_certs_dir = .\nrand_serial = yes\nunique_subject = no\npolicy = any
default_md = sha256\ncertificate = ca.pem\nprivate_key = ca.key\ndefault_crl_days = 7\ncrl_extensions = crl\ndefault_days = 30\n[crl]\nauthorityKeyIdentifier = keyid
[any]\ncommonName = supplied\n[req]\ndistinguished_name = name\n[name]\n[authority]\nbasicConstraints = critical,CA:true\nsubjectKeyIdentifier = hash\n` +
      ['well', 'gone', 'hanging', 'foreign', 'old']
        .map(
          (name) =>
            `[${name}]\nsubjectKeyIdentifier = hash\nauthorityKeyIdentifier = keyid\ncrlDistributionPoints = URI:ldap:///CN=x,URI:${origin}/${name}\n`,
        )
        .join(''),
  );
  await writeFile(join(folder, 'index.txt'), '');
  const key = ['-newkey', 'ec', '-pkeyopt', 'ec_paramgen_curve:P-256', '-noenc', '-config', 'openssl.cnf'];
  for (const name of ['ca', 'other'])
    await openssl(
      'req',
      '-x509',
      ...key,
      '-keyout',
      `${name}.key`,
      '-out',
      `${name}.pem`,
      '-subj',
      '/CN=Revoking CA',
      '-extensions',
      'authority',
    );
  for (const [name, section] of Object.entries({
    kept: 'well',
    lost: 'well',
    gone: 'gone',
    hanging: 'hanging',
    foreign: 'foreign',
    old: 'old',
  })) {
    await openssl('req', ...key, '-keyout', `${name}.key`, '-out', `${name}.csr`, '-subj', `/CN=${name}.example.com`);
    await openssl(
      'ca',
      '-batch',
      '-config',
      'openssl.cnf',
      '-in',
      `${name}.csr`,
      '-out',
      `${name}.pem`,
      '-extensions',
      section,
      '-notext',
    );
  }
  await openssl('ca', '-config', 'openssl.cnf', '-revoke', 'lost.pem', '-crl_reason', 'keyCompromise');
  await openssl('ca', '-config', 'openssl.cnf', '-gencrl', '-out', 'list.pem');
  await openssl('crl', '-in', 'list.pem', '-outform', 'DER', '-out', 'list.der');
  bodies.set('/well', await readFile(join(folder, 'list.der')));
  await openssl(
    'ca',
    '-config',
    'openssl.cnf',
    '-gencrl',
    '-out',
    'foreign-list.pem',
    '-cert',
    'other.pem',
    '-keyfile',
    'other.key',
  );
  bodies.set('/foreign', await readFile(join(folder, 'foreign-list.pem')));
  await openssl(
    'ca',
    '-config',
    'openssl.cnf',
    '-gencrl',
    '-out',
    'old-list.pem',
    '-crl_lastupdate',
    '20200101000000Z',
    '-crl_nextupdate',
    '20200201000000Z',
  );
  bodies.set('/old', await readFile(join(folder, 'old-list.pem')));
  bodies.set('/hanging', 'hang');
}, 60_000);

afterAll(async () => {
  authorities.closeAllConnections();
  authorities.close();
  await rm(folder, { recursive: true });
});

async function read(name: string): Promise<Certificate> {
  const [der] = certificatesOfPem(await readFile(join(folder, `${name}.pem`), 'utf8'));
  const certificate = readCertificate(der ?? Buffer.alloc(0));
  if (!isReadable(certificate)) throw new Error(certificate.malformed);
  return certificate;
}

const place: EndpointPlace = {
  at: 'endpoint',
  machine: 'uccx1' as MachineId,
  port: 443,
  address: '192.0.2.11',
  serverName: null,
};

async function ask(name: string): Promise<Observed<'revocation'>> {
  const [certificate, authority] = [await read(name), await read('ca')];
  const observation = await new RevocationLists({ probeMs: 500 }).record(
    place,
    [certificate, authority],
    [authority],
    new Date(),
  );
  if (observation.kind !== 'revocation' || observation.outcome !== 'recorded') throw new Error('not recorded');
  return observation.value;
}

describe('a revocation list', () => {
  test.each([
    ['kept', { status: 'good' }],
    ['lost', { status: 'revoked', reason: 'keyCompromise' }],
    ['gone', { status: 'unanswered', failure: { reason: 'unexpected-answer', answer: 'HTTP 404' } }],
    ['hanging', { status: 'unanswered', failure: { reason: 'timed-out' } }],
    ['foreign', { status: 'unanswered', failure: { answer: 'a list that the issuer did not sign' } }],
    ['old', { status: 'unanswered', failure: { answer: expect.stringMatching(/ran out at 2020-02-01/) as string } }],
  ])('says of %s', async (name, answer) => {
    const value = await ask(name);
    expect(value).toMatchObject([{ url: expect.stringMatching(/^http:/) as string, answer }]);
  });

  test('in garbage is no list', async () => {
    const whole = bodies.get('/well');
    bodies.set('/well', Buffer.from('<html>'));
    const [answered] = await ask('lost');
    bodies.set('/well', whole ?? 'hang');
    expect(answered?.answer).toMatchObject({ status: 'unanswered', failure: { reason: 'unexpected-answer' } });
  });
});
