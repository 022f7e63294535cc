import { randomBytes } from 'node:crypto';
import { once } from 'node:events';
import { createServer as createTcpServer, type AddressInfo, type Server } from 'node:net';
import { createSecureContext, createServer, type SecureVersion, type TlsOptions } from 'node:tls';
import { beforeAll, describe, expect, test } from 'vitest';
import { daysFrom, issue, newKey, newRoot, type Identity, type KeyKind } from '#lab/authority.ts';
import { sha256 } from '#model/digest.ts';
import type { MachineId } from '#model/names.ts';
import type { Observed, Variant, VariantOutcome } from '#model/observation.ts';
import { probeEndpoint, type Depth, type Haul } from './endpoint.ts';
import { number, vector } from './wire/bytes.ts';

const address = '127.91.1.1';
const serverName = 'uccx1.lab.example';
const limits = { connectMs: 2000, probeMs: 5000 };
const identities = new Map<string, Identity>();

beforeAll(async () => {
  const now = new Date();
  const root = await newRoot(now, 'Root of the variants');
  identities.set('root', root);
  const kinds: Record<string, KeyKind> = { rsa: { rsa: 2048 }, ec: { ec: 'P-256' }, short: { ec: 'P-256' } };
  for (const [name, kind] of Object.entries(kinds)) {
    const wanted = { commonName: name, names: [serverName], notBefore: now, notAfter: daysFrom(now, 30) };
    identities.set(name, await issue({ ...wanted, key: await newKey(kind), issuer: root }));
  }
});

function identity(name: string): Identity {
  const found = identities.get(name);
  if (found === undefined) throw new Error(`no identity ${name}`);
  return found;
}

const digest = (name: string) => sha256(identity(name).certificate.raw);
const cert = (name: string): string => identity(name).certificate.toString();
const key = (name: string): string => identity(name).key.privateKey.export({ type: 'pkcs8', format: 'pem' }).toString();
const credentials = (...names: string[]): TlsOptions => ({ key: names.map(key), cert: names.map(cert) });
const between = (minVersion: SecureVersion, maxVersion: SecureVersion): TlsOptions => ({ minVersion, maxVersion });

async function probe(server: Server, depth: Depth, name: string | null = serverName): Promise<Haul> {
  server.on('tlsClientError', () => undefined);
  server.listen(0, address);
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  try {
    return await probeEndpoint(
      {
        place: { at: 'endpoint', machine: 'uccx1' as MachineId, port, address, serverName: name },
        connect: { address, port },
      },
      limits,
      depth,
    );
  } finally {
    server.close();
  }
}

/** A server of OpenSSL's making. */
const openssl = (options: TlsOptions): Server =>
  createServer({ ciphers: 'TLS_AES_128_GCM_SHA256:ALL:!aNULL:@SECLEVEL=0', ...options });

function valueOf<K extends 'tls-variants' | 'client-certificate'>(haul: Haul, kind: K): Observed<K> {
  const found = haul.observations.find((observation) => observation.kind === kind);
  if (found?.outcome !== 'recorded') throw new Error(`no ${kind}: ${JSON.stringify(haul.observations)}`);
  return found.value as Observed<K>;
}

const deep: Depth = { handshake: 'flight', variants: 'all' };
async function deepOf(server: Server, name?: string | null): Promise<Partial<Record<Variant, VariantOutcome>>> {
  const haul = await probe(server, deep, name);
  const value = valueOf(haul, 'tls-variants');
  for (const { outcome } of value)
    if (outcome.outcome === 'answered')
      for (const certificate of outcome.certificates) expect(haul.certificates.has(certificate)).toBe(true);
  return Object.fromEntries(value.map(({ variant, outcome }) => [variant, outcome]));
}

describe('every variant', () => {
  test.each(['TLSv1.2', 'TLSv1.3'] as const)('of a server with two certificates in %s', async (version) => {
    const seen = await deepOf(openssl({ ...credentials('rsa', 'ec'), ...between(version, version) }));
    expect(seen).toMatchObject({
      rsa: { outcome: 'answered', protocol: version, certificates: [digest('rsa')], key: 'proved' },
      ecdsa: { outcome: 'answered', protocol: version, certificates: [digest('ec')], key: 'proved' },
      [version]: { outcome: 'answered', protocol: version },
    });
  });

  test('of a server with one certificate says which is not there', async () => {
    const seen = await deepOf(openssl({ ...credentials('rsa'), ...between('TLSv1.2', 'TLSv1.3') }));
    expect(seen).toMatchObject({
      rsa: { outcome: 'answered', certificates: [digest('rsa')] },
      ecdsa: { outcome: 'refused', how: { by: 'alert', alert: 'handshake_failure' } },
      dhe: { outcome: 'refused', how: { by: 'alert', alert: 'handshake_failure' } },
    });
  });

  test.each([
    { versions: ['TLSv1', 'TLSv1.3'], accepted: ['TLSv1', 'TLSv1.1', 'TLSv1.2', 'TLSv1.3'] },
    { versions: ['TLSv1.2', 'TLSv1.3'], accepted: ['TLSv1.2', 'TLSv1.3'] },
    { versions: ['TLSv1', 'TLSv1'], accepted: ['TLSv1'] },
    { versions: ['TLSv1.1', 'TLSv1.2'], accepted: ['TLSv1.1', 'TLSv1.2'] },
    { versions: ['TLSv1.3', 'TLSv1.3'], accepted: ['TLSv1.3'] },
  ] as const)('of a server of $versions accepts $accepted', async ({ versions: [oldest, newest], accepted }) => {
    const seen = await deepOf(openssl({ ...credentials('rsa'), ...between(oldest, newest) }));
    const outcomes = (['SSLv3', 'TLSv1', 'TLSv1.1', 'TLSv1.2', 'TLSv1.3'] as const).map(
      (version) => [version, seen[version]?.outcome] as const,
    );
    expect(outcomes.filter(([, outcome]) => outcome === 'answered').map(([version]) => version)).toEqual(accepted);
    expect(outcomes.filter(([, outcome]) => outcome === 'refused')).toHaveLength(5 - accepted.length);
  });

  test('tells how long the Diffie-Hellman group is', async () => {
    const seen = await deepOf(openssl({ ...credentials('rsa'), ...between('TLSv1.2', 'TLSv1.2'), dhparam: 'auto' }));
    expect(seen.dhe).toMatchObject({ outcome: 'answered', ephemeralKey: { type: 'DH', bits: 2048 } });
  });

  test('of a server with an answer for every name', async () => {
    const named: Partial<Record<string, string>> = { uccx1: 'short', [serverName]: 'rsa' };
    const SNICallback: TlsOptions['SNICallback'] = (name, done) => {
      const its = named[name];
      done(null, its === undefined ? undefined : createSecureContext({ key: key(its), cert: cert(its) }));
    };
    const seen = await deepOf(openssl({ ...credentials('ec'), SNICallback }));
    expect(seen).toMatchObject({
      rsa: { certificates: [digest('rsa')] },
      'short-name': { certificates: [digest('short')], key: 'not-asked' },
      'no-server-name': { certificates: [digest('ec')] },
    });
    const nameless = await deepOf(openssl(credentials('ec')), null);
    expect(nameless['no-server-name']).toMatchObject({ certificates: [digest('ec')] });
    expect(nameless['short-name']).toBeUndefined();
  });

  test('of a peer that speaks SSL 3.0 only', async () => {
    // OpenSSL speaks it no more: a ServerHello, a Certificate and a ServerHelloDone need no key.
    const message = (type: number, body: Buffer): Buffer => Buffer.concat([number(type, 1), vector(3, body)]);
    const hello = Buffer.concat([number(0x0300, 2), randomBytes(32), vector(1), number(0x000a, 2), number(0, 1)]);
    const list = vector(3, vector(3, identity('rsa').certificate.raw));
    const flight = Buffer.concat([message(2, hello), message(11, list), message(14, Buffer.alloc(0))]);
    const peer = createTcpServer((socket) => {
      socket.on('error', () => undefined);
      socket.once('data', (first) => {
        const isSsl3 = first.readUInt16BE(9) === 0x0300;
        // As servers of then did: a fatal handshake_failure in a record of SSL 3.0.
        socket.end(
          isSsl3
            ? Buffer.concat([Buffer.from('160300', 'hex'), vector(2, flight)])
            : Buffer.from('15030000020228', 'hex'),
        );
      });
    });
    const seen = await deepOf(peer);
    expect(seen.SSLv3).toMatchObject({ outcome: 'answered', protocol: 'SSLv3', certificates: [digest('rsa')] });
    expect(seen['TLSv1.2']).toEqual({ outcome: 'refused', how: { by: 'alert', alert: 'handshake_failure' } });
  });
});

describe('the other key', () => {
  test.each([
    { held: ['rsa', 'ec'], asked: 'rsa', found: ['rsa'] },
    { held: ['rsa'], asked: 'ecdsa', found: undefined },
  ])('$asked is asked in one connection more', async ({ held, asked, found }) => {
    let connections = 0;
    const server = openssl(credentials(...held)).on('connection', () => {
      connections += 1;
    });
    const haul = await probe(server, { handshake: 'flight', variants: 'other-key' });
    const value = valueOf(haul, 'tls-variants');
    expect(value.map(({ variant }) => variant)).toEqual([asked]);
    expect(value[0]?.outcome).toMatchObject(
      found === undefined ? { outcome: 'refused' } : { certificates: found.map(digest) },
    );
    expect(connections).toBe(2);
  });

  test('is not asked of who presented none', async () => {
    const haul = await probe(
      createTcpServer((socket) => socket.end('HTTP/1.1 400\r\n')),
      {
        handshake: 'flight',
        variants: 'other-key',
      },
    );
    expect(haul.observations.map(({ kind }) => kind)).not.toContain('tls-variants');
  });
});

describe('a client certificate', () => {
  test.each(
    (['TLSv1.2', 'TLSv1.3'] as const).flatMap((version) => [true, false].map((required) => ({ version, required }))),
  )('in $version, required: $required', async ({ version, required }) => {
    // eslint-disable-next-line no-restricted-syntax -- of a server this asks whether a client must show a certificate
    const options = { requestCert: true, rejectUnauthorized: required, ca: cert('root') };
    const server = (): Server => openssl({ ...credentials('rsa'), ...between(version, version), ...options });
    const full = await probe(server(), { handshake: 'full', variants: 'none' });
    expect(valueOf(full, 'client-certificate')).toEqual({
      request: 'sent',
      authorities: [expect.stringContaining('CN=Root of the variants')],
      without: required ? 'refused' : 'completed',
    });
    const brief = await probe(server(), { handshake: 'flight', variants: 'none' });
    expect(valueOf(brief, 'client-certificate')).toMatchObject({ without: 'not-tried' });
  });

  test('that is not asked for', async () => {
    const haul = await probe(openssl(credentials('rsa')), { handshake: 'full', variants: 'none' });
    expect(valueOf(haul, 'client-certificate')).toEqual({ request: 'none' });
  });
});
