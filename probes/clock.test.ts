import { once } from 'node:events';
import { createServer, type AddressInfo, type Socket } from 'node:net';
import { expect, test } from 'vitest';
import type { MachineId } from '#model/names.ts';
import type { Observation } from '#model/observation.ts';
import { recordClock } from './clock.ts';

/** A peer that does not tell its clock is told of, and keeps nothing open. The lab's clocks are read in tests/matrix.test.ts. */
async function clockOf(port: number): Promise<Observation[]> {
  const place = {
    at: 'endpoint',
    machine: 'uccx1' as MachineId,
    port: 443,
    address: '127.0.0.1',
    serverName: 'uccx1.example.com',
  } as const;
  return recordClock({ place, connect: { address: '127.0.0.1', port } }, '/', { probeMs: 400 });
}

test.each<[name: string, meet: (socket: Socket) => void, reason: string]>([
  ['hangs', () => undefined, 'timed-out'],
  ['closes', (socket) => void socket.end(), 'connection-'],
  ['resets', (socket) => void socket.resetAndDestroy(), 'connection-reset'],
  ['speaks no TLS', (socket) => void socket.write('SSH-2.0-OpenSSH_9.2\r\n'), 'tls-protocol-error'],
])('a peer that %s', async (_, meet, reason) => {
  const sockets = new Set<Socket>();
  const server = createServer((socket) => {
    sockets.add(socket);
    socket.on('error', () => undefined);
    meet(socket);
  }).listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  const [observation] = await clockOf(port);
  expect(observation).toMatchObject({ kind: 'clock', outcome: 'failed' });
  expect(observation?.outcome === 'failed' && observation.failure.reason).toContain(reason);
  const [socket] = sockets;
  if (socket?.closed === false) await once(socket.resume(), 'close');
  server.close();
  await once(server, 'close');
});

test('a closed port', async () => {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  server.close();
  await once(server, 'close');
  expect(await clockOf(port)).toMatchObject([{ outcome: 'failed', failure: { reason: 'connection-refused' } }]);
});
