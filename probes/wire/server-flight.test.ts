import { generateKeyPairSync, randomBytes } from 'node:crypto';
import { once } from 'node:events';
import { connect, type AddressInfo, type Socket } from 'node:net';
import { createServer, type SecureVersion, type TlsOptions } from 'node:tls';
import fc from 'fast-check';
import { beforeAll, describe, expect, test } from 'vitest';
import { daysFrom, issue, newKey, newRoot, type Identity, type KeyKind } from '#lab/authority.ts';
import { groups, suites, versionTitle } from './algorithms.ts';
import { Malformation } from './bytes.ts';
import { usualOffer, type Offer } from './client-hello.ts';
import { ServerFlight, type Flight } from './server-flight.ts';

const identities = new Map<string, Identity>();
let root: Identity;

beforeAll(async () => {
  const now = new Date();
  root = await newRoot(now, 'Root of the flights');
  const kinds: Record<string, KeyKind> = { rsa: { rsa: 2048 }, p256: { ec: 'P-256' }, p384: { ec: 'P-384' } };
  for (const [name, kind] of Object.entries(kinds)) {
    const wanted = {
      commonName: `${name}.example`,
      names: [`${name}.example`],
      notBefore: now,
      notAfter: daysFrom(now, 30),
    };
    identities.set(name, await issue({ ...wanted, key: await newKey(kind), issuer: root }));
  }
});

function pem(name: string): { key: string; cert: string } {
  const identity = identities.get(name);
  if (identity === undefined) throw new Error(`no identity ${name}`);
  const key = identity.key.privateKey.export({ type: 'pkcs8', format: 'pem' }).toString();
  return { key, cert: `${identity.certificate.toString()}${root.certificate.toString()}` };
}

/** One flight from a server of OpenSSL's making. */
async function flightFrom(options: TlsOptions, offer: Offer = usualOffer('rsa.example')): Promise<Flight> {
  const server = createServer({ ciphers: 'ALL:!aNULL:@SECLEVEL=0', ...options });
  server.on('tlsClientError', () => undefined);
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const socket = connect((server.address() as AddressInfo).port, '127.0.0.1');
  try {
    return await read(socket, new ServerFlight(offer));
  } finally {
    socket.destroy();
    server.close();
  }
}

async function read(socket: Socket, flight: ServerFlight): Promise<Flight> {
  socket.write(flight.hello);
  return new Promise((resolve, reject) => {
    socket.on('error', reject);
    socket.on('close', () => reject(new Error('closed before the end of the flight')));
    socket.on('data', (bytes) => {
      try {
        const progress = flight.push(bytes);
        if (progress.next === 'send') socket.write(progress.bytes);
        if (progress.next === 'done') resolve(progress.flight);
        if (progress.next === 'alert') reject(new Error(`alert ${String(progress.description)}`));
      } catch (error) {
        reject(error instanceof Error ? error : new Error(String(error)));
      }
    });
  });
}

const only = (version: SecureVersion): TlsOptions => ({ minVersion: version, maxVersion: version });

describe('a first flight of OpenSSL', () => {
  test.each(
    (['TLSv1', 'TLSv1.1', 'TLSv1.2', 'TLSv1.3'] as const).flatMap((version) =>
      ['rsa', 'p256', 'p384'].map((key) => [version, key] as const),
    ),
  )('%s with %s: the list as sent, and the key proved', async (version, key) => {
    const flight = await flightFrom({ ...pem(key), ...only(version), ecdhCurve: 'auto' });
    expect(versionTitle(flight.version)).toBe(version);
    expect(flight.certificates).toEqual([identities.get(key)?.certificate.raw, root.certificate.raw]);
    expect(flight.key).toBe('proved');
    expect(flight.ephemeralKey).not.toBeNull();
    expect(flight.clientAuthorities).toBeNull();
  });

  test.each(Object.values(groups).map(({ name, bits }) => [name, bits] as const))(
    'in group %s, asked for by HelloRetryRequest where it was not offered first',
    async (name, bits) => {
      for (const version of ['TLSv1.2', 'TLSv1.3'] as const) {
        const flight = await flightFrom({ ...pem('rsa'), ...only(version), ecdhCurve: name });
        expect(flight.ephemeralKey).toEqual({ type: 'ECDH', group: name, bits });
        expect(flight.key).toBe('proved');
      }
    },
  );

  test.each(['TLS_AES_128_GCM_SHA256', 'TLS_AES_256_GCM_SHA384', 'TLS_CHACHA20_POLY1305_SHA256'])(
    'under %s',
    async (ciphers) => {
      const flight = await flightFrom({ ...pem('p256'), ...only('TLSv1.3'), ciphers });
      expect(suites[flight.suite]?.name).toBe(ciphers);
      expect(flight.key).toBe('proved');
    },
  );

  test('with static RSA proves no key', async () => {
    const flight = await flightFrom({ ...pem('rsa'), ...only('TLSv1.2'), ciphers: 'AES128-GCM-SHA256' });
    expect(flight).toMatchObject({ key: 'not-proved', ephemeralKey: null });
  });

  test('with Diffie-Hellman says how long the group is', async () => {
    const flight = await flightFrom({
      ...pem('rsa'),
      ...only('TLSv1.2'),
      ciphers: 'DHE-RSA-AES128-GCM-SHA256',
      dhparam: 'auto',
    });
    expect(flight.key).toBe('proved');
    expect(flight.ephemeralKey).toEqual({ type: 'DH', group: null, bits: 2048 });
  });

  test.each(['TLSv1.2', 'TLSv1.3'] as const)(
    'of %s that asks for a client certificate names the authorities',
    async (version) => {
      const flight = await flightFrom({
        ...pem('rsa'),
        ...only(version),
        requestCert: true,
        ca: root.certificate.toString(),
      });
      expect(flight.clientAuthorities).toHaveLength(1);
      expect(flight.key).toBe('proved');
    },
  );

  test('that comes byte by byte is the same', async () => {
    const flight = new ServerFlight(usualOffer(null));
    const server = createServer({ ...pem('rsa') });
    server.on('tlsClientError', () => undefined);
    server.listen(0, '127.0.0.1');
    await once(server, 'listening');
    const socket = connect((server.address() as AddressInfo).port, '127.0.0.1');
    socket.write(flight.hello);
    const done = await new Promise<Flight>((resolve) => {
      socket.on('data', (bytes) => {
        for (const byte of bytes) {
          const progress = flight.push(Buffer.from([byte]));
          if (progress.next !== 'done') continue;
          resolve(progress.flight);
          return;
        }
      });
    });
    socket.destroy();
    server.close();
    expect(done.key).toBe('proved');
  });
});

describe('bytes of any kind', () => {
  const pushAll = (pieces: readonly Uint8Array[]): void => {
    const flight = new ServerFlight(usualOffer('a.example'));
    try {
      for (const piece of pieces) if (flight.push(Buffer.from(piece)).next !== 'more') return;
    } catch (error) {
      if (!(error instanceof Malformation)) throw error;
    }
  };

  test('end in more, done, alert or a malformation, never in another error', () => {
    fc.assert(fc.property(fc.array(fc.uint8Array({ maxLength: 300 }), { maxLength: 8 }), pushAll), { numRuns: 3000 });
  });

  test('in records of TLS do so too', () => {
    const record = fc
      .tuple(fc.constantFrom(20, 21, 22, 23), fc.uint8Array({ maxLength: 200 }))
      .map(([type, content]) =>
        Buffer.concat([Buffer.from([type, 3, 3, content.length >> 8, content.length & 255]), content]),
      );
    fc.assert(fc.property(fc.array(record, { maxLength: 6 }), pushAll), { numRuns: 3000 });
  });

  test('made of a real flight with bytes changed do so too', () => {
    fc.assert(
      fc.property(fc.array(fc.tuple(fc.nat(), fc.nat(255)), { minLength: 1, maxLength: 5 }), (changes) => {
        const bytes = Buffer.from(tls12Flight());
        for (const [place, value] of changes) bytes[place % bytes.length] = value;
        pushAll([bytes]);
      }),
      { numRuns: 3000 },
    );
  });

  test.each([
    ['plain HTTP', Buffer.from('HTTP/1.1 400 Bad Request\r\n\r\n')],
    ['a record longer than TLS allows', Buffer.from([22, 3, 3, 0xff, 0xff])],
    ['a message of 16 MB', Buffer.concat([Buffer.from([22, 3, 3, 0, 4, 11, 0xff, 0xff, 0xff])])],
    ['a Certificate before ServerHello', Buffer.from([22, 3, 3, 0, 7, 11, 0, 0, 3, 0, 0, 0])],
  ])('that are %s are a malformation', (_what, bytes) => {
    expect(() => new ServerFlight(usualOffer(null)).push(bytes)).toThrow(Malformation);
  });

  test.each([
    // One message of a megabyte that never ends, and messages that never end.
    ['records of one byte', () => Buffer.concat([inRecord(Buffer.from([8])), inRecord(Buffer.from([15]))])],
    ['empty messages', () => inRecord(Buffer.alloc(0x3ffc))],
  ])('cost what they are long: two megabytes of %s', (_what, records) => {
    const flight = new ServerFlight(usualOffer(null));
    flight.push(inRecord(tls12Flight().subarray(5, 5 + helloLength)));
    const piece = records();
    const bytes = Buffer.concat(Array<Buffer>(Math.floor((2 << 20) / piece.length)).fill(piece));
    const before = process.cpuUsage();
    expect(() => flight.push(bytes).next).toSatisfy(isTyped);
    expect(process.cpuUsage(before).user / 1000).toBeLessThan(2000);
  });

  test.each([
    ['Certificate', () => tls12Flight().subarray(5 + helloLength, -4)],
    ['ServerKeyExchange', () => Buffer.from(`0c00002803001d20${'09'.repeat(32)}04010000`, 'hex')],
  ])('with a second %s are a malformation', (name, message) => {
    const hello = Buffer.from(tls12Flight().subarray(5, 5 + helloLength));
    // TLS_ECDHE_RSA_WITH_AES_128_GCM_SHA256, behind version, random and an empty session id.
    hello.writeUInt16BE(0xc02f, 4 + 2 + 32 + 1);
    const flight = new ServerFlight(usualOffer(null));
    expect(flight.push(inRecord(Buffer.concat([hello, message()])))).toEqual({ next: 'more' });
    expect(() => flight.push(inRecord(message()))).toThrow(`a second ${name}`);
  });

  test('an alert is told by its number', () => {
    expect(new ServerFlight(usualOffer(null)).push(Buffer.from([21, 3, 3, 0, 2, 2, 40]))).toEqual({
      next: 'alert',
      description: 40,
    });
  });

  test('certificates that cannot be read are kept as they were sent', () => {
    const progress = new ServerFlight(usualOffer(null)).push(tls12Flight(Buffer.from('3003020101', 'hex')));
    if (progress.next !== 'done') throw new Error(progress.next);
    expect(progress.flight).toMatchObject({ certificates: [Buffer.from('3003020101', 'hex')], key: 'not-proved' });
  });
});

/** Bytes of the ServerHello that `tls12Flight` begins with, its header included. */
const helloLength = 4 + 2 + 32 + 1 + 2 + 1;

function inRecord(content: Buffer): Buffer {
  return Buffer.concat([Buffer.from([22, 3, 3, content.length >> 8, content.length & 255]), content]);
}

/** Whether reading ends, or says what is wrong. */
function isTyped(read: () => unknown): boolean {
  try {
    read();
    return true;
  } catch (error) {
    return error instanceof Malformation;
  }
}

/** ServerHello with static RSA, Certificate, ServerHelloDone: enough for any bytes as certificates. */
function tls12Flight(...certificates: Buffer[]): Buffer {
  const u16 = (value: number): Buffer => Buffer.from([value >> 8, value & 255]);
  const u24 = (value: number): Buffer => Buffer.from([value >> 16, (value >> 8) & 255, value & 255]);
  const message = (type: number, body: Buffer): Buffer => Buffer.concat([Buffer.from([type]), u24(body.length), body]);
  const ders =
    certificates.length > 0
      ? certificates
      : [generateKeyPairSync('ed25519').publicKey.export({ type: 'spki', format: 'der' })];
  const list = Buffer.concat(ders.map((der) => Buffer.concat([u24(der.length), der])));
  const hello = Buffer.concat([u16(0x0303), randomBytes(32), Buffer.from([0]), u16(0x002f), Buffer.from([0])]);
  const flight = Buffer.concat([
    message(2, hello),
    message(11, Buffer.concat([u24(list.length), list])),
    message(14, Buffer.alloc(0)),
  ]);
  return Buffer.concat([Buffer.from([22, 3, 3]), u16(flight.length), flight]);
}
