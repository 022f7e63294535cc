import { once } from 'node:events';
import { writeFileSync } from 'node:fs';
import { createServer, type AddressInfo } from 'node:net';
import { join } from 'node:path';
import { parametersOf } from '#lab/machines/tls-port.ts';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { Certificates, serverName } from './certificates.ts';
import { Folder, startServer } from './servers.ts';
import { faultsAt, inBase64, recordedLists, scan } from './uccert.ts';

const stack = new AsyncDisposableStack();
const folder = stack.use(new Folder()).path;
let certificates: Certificates;

beforeAll(async () => {
  certificates = await Certificates.make(folder);
});
afterAll(() => stack.disposeAsync());

async function freePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  await server[Symbol.asyncDispose]();
  return port;
}

/** gnutls-serv that takes only ephemeral Diffie-Hellman, in one group. */
async function serve(group: 'modp2' | 'modp14'): Promise<string> {
  const file = join(folder, `${group}.pem`);
  writeFileSync(file, parametersOf(group));
  const port = await freePort();
  const args = [
    ...['--port', String(port), '--http', '--dhparams', file, '--sni-hostname', serverName],
    ...['--x509certfile', certificates.listFile(['rsa', 'intermediate']), '--x509keyfile', certificates.keyFile('rsa')],
    ...['--priority', 'NORMAL:%PROFILE_VERY_WEAK:-VERS-TLS-ALL:+VERS-TLS1.2:-KX-ALL:+DHE-RSA'],
  ];
  stack.use(await startServer('gnutls-serv', { args, ready: /HTTP Server listening/ }));
  return `127.0.0.1:${String(port)}#${serverName}`;
}

test.each([
  { bits: 1024, group: 'modp2', faults: ['weak-diffie-hellman'] },
  { bits: 2048, group: 'modp14', faults: [] },
] as const)('gnutls-serv with a group of $bits bits', async ({ group, faults }) => {
  const target = await serve(group);
  const { run } = await scan(['--target', target, '--deep', '--anchors', certificates.listFile(['root'])]);
  expect(recordedLists(run)).toEqual([
    (['rsa', 'intermediate'] as const).flatMap((name) => inBase64(certificates.pem(name))),
  ]);
  expect(faultsAt('127.0.0.1', 'present', run).filter((fault) => fault === 'weak-diffie-hellman')).toEqual(faults);
});
