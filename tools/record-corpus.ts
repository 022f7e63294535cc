import { once } from 'node:events';
import { writeFileSync } from 'node:fs';
import { connect, type AddressInfo } from 'node:net';
import { createServer, type SecureVersion, type TlsOptions } from 'node:tls';
import { daysFrom, issue, newIntermediate, newKey, newRoot, type KeyKind } from '#lab/authority.ts';
import { usualOffer } from '#probes/wire/client-hello.ts';
import { ServerFlight } from '#probes/wire/server-flight.ts';
import { certificate, edKey, rsaKeyOf } from '#tests/support/certificates.ts';
import { recordedFile, type Recorded } from '#tests/fuzz/corpus.ts';

/** Records what the fuzzer starts from: flights of OpenSSL and certificates. `node tools/record-corpus.ts`; afterwards no seed finds what it found before. */
const now = new Date();
const root = await newRoot(now, 'Root of the corpus');
const dates = { notBefore: daysFrom(now, -10), notAfter: daysFrom(now, 1000) };
const intermediate = await newIntermediate(root, { commonName: 'Issuing of the corpus', ...dates });
const kinds: readonly KeyKind[] = [{ rsa: 2048 }, { ec: 'P-256' }];
const identities = await Promise.all(
  kinds.map(async (kind) =>
    issue({ commonName: 'a.example', names: ['a.example'], ...dates, key: await newKey(kind), issuer: intermediate }),
  ),
);

const flights: Buffer[] = [];
const versions: readonly SecureVersion[] = ['TLSv1', 'TLSv1.1', 'TLSv1.2'];
const manners: readonly TlsOptions[] = [
  {},
  { requestCert: true, ca: root.certificate.toString() },
  { ciphers: 'DHE:@SECLEVEL=0', dhparam: 'auto' },
  { ciphers: 'kRSA:@SECLEVEL=0' },
];
for (const version of versions)
  for (const { key, certificate: own } of identities)
    for (const manner of manners) {
      const flight = await record({
        ciphers: 'ALL:!aNULL:@SECLEVEL=0',
        key: key.privateKey.export({ type: 'pkcs8', format: 'pem' }),
        cert: [own, intermediate.certificate].join(''),
        minVersion: version,
        maxVersion: version,
        ...manner,
      });
      if (flight.length > 0) flights.push(flight);
    }

const certificates = [
  root.certificate.raw,
  intermediate.certificate.raw,
  ...identities.map(({ certificate: own }) => own.raw),
  ...[
    {},
    { key: edKey() },
    { key: rsaKeyOf(1024), ca: 0, purposes: ['1.3.6.1.5.5.7.3.1'], critical: ['2.5.29.37'] },
    { dns: null, version: 1 as const },
    { dns: ['a.example', '*.b.example'], ip: [[127, 0, 0, 1]], keyUsage: [5, 0xa0] },
    { commonName: ['a', 'b', 'é'], ca: true, extensions: [{ oid: '2.999.1', value: Buffer.alloc(40, 7) }] },
  ].map((shape) => Buffer.from(certificate(shape).der)),
];

const recorded: Recorded = {
  flights: flights.map((bytes) => bytes.toString('base64')),
  certificates: certificates.map((der) => der.toString('base64')),
};
writeFileSync(recordedFile, `${JSON.stringify(recorded, null, 1)}\n`);
console.log(`${String(flights.length)} flights, ${String(certificates.length)} certificates`);

/** One flight as it came, or nothing where the options do not go together. */
async function record(options: TlsOptions): Promise<Buffer> {
  const server = createServer(options).on('tlsClientError', () => undefined);
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const socket = connect((server.address() as AddressInfo).port, '127.0.0.1');
  const flight = new ServerFlight(usualOffer('a.example'));
  const came: Buffer[] = [];
  socket.write(flight.hello);
  const isDone = await new Promise<boolean>((resolve) => {
    socket.on('error', () => resolve(false));
    socket.on('close', () => resolve(false));
    socket.on('data', (bytes) => {
      came.push(bytes);
      if (flight.push(bytes).next === 'done') resolve(true);
    });
  });
  socket.destroy();
  server.close();
  return isDone ? Buffer.concat(came) : Buffer.alloc(0);
}
