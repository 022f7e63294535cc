import { once } from 'node:events';
import { readFileSync, writeFileSync } from 'node:fs';
import type { AddressInfo, Socket } from 'node:net';
import { join } from 'node:path';
import { createServer as createTlsServer } from 'node:tls';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { Certificates, serverName } from './certificates.ts';
import { listen } from './hostile-peers.ts';
import { Folder } from './servers.ts';
import { scan, type Scanned } from './uccert.ts';

const stack = new AsyncDisposableStack();
const folder = stack.use(new Folder()).path;
let certificates: Certificates;

beforeAll(async () => {
  certificates = await Certificates.make(folder);
});
afterAll(() => stack.disposeAsync());

/** Scans one machine whose port 5222 is reached at another place, as the inventory says. */
function scanXmpp(name: string, address: string, port: number): Promise<Scanned> {
  const file = join(folder, `${name}.yaml`);
  const machine = {
    type: 'TLS_SERVER',
    fqdn: serverName,
    address,
    certificates: 'ca-signed',
    ports: { open: [5222] },
    connect: { 5222: `${address}:${port}` },
  };
  writeFileSync(
    file,
    `deployment: UCCX
release: 12.5(1)SU3
machines:
  other: ${JSON.stringify(machine)}
clients:
  pc: { anchors: ${certificates.listFile(['root'])} }
limits: { connect: 1, probe: 2 }
`,
  );
  return scan([file]);
}

describe('a port of XMPP', () => {
  const stream = "<?xml version='1.0'?><stream:stream version='1.0'>";
  const offer = `${stream}<stream:features><starttls xmlns='urn:ietf:params:xml:ns:xmpp-tls'/></stream:features>`;
  const says =
    (...answers: string[]) =>
    (socket: Socket): void => {
      socket.on('data', () => {
        const next = answers.shift();
        if (next !== undefined) socket.write(next);
      });
    };
  test.concurrent.each([
    { name: 'offers none', meet: says(`${stream}<stream:features/>`), reason: 'not-tls', fault: ['not-tls'] },
    { name: 'has no such host', meet: says(`${stream}<stream:error/>`), reason: 'not-tls', fault: ['not-tls'] },
    { name: 'takes it back', meet: says(offer, "<failure xmlns='x'/>"), reason: 'not-tls', fault: ['not-tls'] },
    { name: 'says nothing', meet: says(), reason: 'timed-out', fault: [] },
    { name: 'never ends its features', meet: says(`${stream}<stream:features>`), reason: 'timed-out', fault: [] },
    { name: 'talks without end', meet: says(stream + ' '.repeat(1 << 17)), reason: 'tls-protocol-error', fault: [] },
    {
      name: 'puts something before TLS',
      meet: says(offer, "<proceed xmlns='urn:ietf:params:xml:ns:xmpp-tls'/><message/>"),
      reason: 'tls-protocol-error',
      fault: [],
    },
    {
      name: 'speaks no TLS after all',
      meet: says(offer, '<proceed/>', 'what?'),
      reason: 'not-tls',
      fault: ['not-tls'],
    },
    { name: 'speaks SMTP', meet: says('220 mail\r\n'), reason: 'not-tls', fault: ['not-tls'] },
    { name: 'closes', meet: (socket: Socket) => socket.end(), reason: 'connection-closed', fault: [] },
    { name: 'resets', meet: (socket: Socket) => socket.resetAndDestroy(), reason: 'connection-reset', fault: [] },
  ])('that $name has a typed verdict', async ({ name, meet, reason, fault }) => {
    await using peer = await listen('127.92.1.2', meet);
    const { run } = await scanXmpp(name.replaceAll(' ', '-'), peer.address, peer.port);
    expect(run.observations[1]).toMatchObject({ kind: 'certificate-list', failure: { reason } });
    const present = run.findings.filter(({ verdict }) => verdict.status === 'present');
    expect(present.map((finding) => finding.fault)).toEqual(fault);
    expect(Date.parse(run.finishedAt) - Date.parse(run.startedAt)).toBeLessThan(3000);
  });

  test('that speaks TLS at once does not answer XML', async () => {
    const server = createTlsServer({
      cert: certificates.pem('rsa'),
      key: readFileSync(certificates.keyFile('rsa')),
    }).on('tlsClientError', () => undefined);
    server.listen(0, '127.92.1.3');
    await once(server, 'listening');
    const { run } = await scanXmpp('tls-at-once', '127.92.1.3', (server.address() as AddressInfo).port);
    server.close();
    expect(run.observations[0]).toMatchObject({ kind: 'connection' });
    expect(JSON.stringify(run)).not.toContain('defect-in-uccert');
  });
});
