import { spawn, type ChildProcess } from 'node:child_process';
import { createSocket } from 'node:dgram';
import { once } from 'node:events';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { faultOf } from '#faults/index.ts';
import { judge } from '#faults/judge.ts';
import type { Machine } from '#model/inventory.ts';
import type { MachineId } from '#model/names.ts';
import type { Observation } from '#model/observation.ts';
import { usualThresholds } from '#model/thresholds.ts';
import { locate, recordName } from '#probes/names.ts';

/** Names and the names of addresses, by the system's resolver and by Debian's dnsmasq. */
const probeMs = 3000;
let dnsmasq: ChildProcess;
let server: string;

async function freePort(): Promise<number> {
  const socket = createSocket('udp4');
  socket.bind(0, '127.85.0.53');
  await once(socket, 'listening');
  const { port } = socket.address();
  socket.close();
  return port;
}

beforeAll(async () => {
  const port = String(await freePort());
  server = `127.85.0.53:${port}`;
  const records = [
    '11.0.85.127.in-addr.arpa,uccx1.example.com',
    '12.0.85.127.in-addr.arpa,old.example.com',
    '1.1.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.8.b.d.0.1.0.0.2.ip6.arpa,uccx1.example.com',
  ];
  dnsmasq = spawn(
    'dnsmasq',
    [
      ...['--keep-in-foreground', '--no-resolv', '--no-hosts', '--conf-file=/dev/null', '--pid-file='],
      ...['--bind-interfaces', '--listen-address=127.85.0.53', '--except-interface=none', '--port', port],
      '--host-record=uccx1.example.com,127.85.0.11',
      ...['--user=root', '--log-facility=-', '--local=/arpa/', '--local=/example.com/'],
      ...records.map((record) => `--ptr-record=${record}`),
    ],
    { stdio: ['ignore', 'pipe', 'pipe'] },
  );
  await once(dnsmasq.stderr!, 'data');
});
afterAll(() => {
  dnsmasq.kill();
});

function machineAt(fqdn: string): Machine {
  return {
    id: 'uccx1' as MachineId,
    type: 'UCCX_PUBLISHER',
    fqdn,
    release: null,
    address: null,
    certificates: null,
    ports: [],
    connect: {},
  };
}

function verdicts(machine: Machine, observation: Observation): Record<string, string> {
  const faults = [faultOf('name-not-resolved')!, faultOf('reverse-name-differs')!];
  const inventory = {
    file: 'uccert.yaml',
    deployment: null,
    release: null,
    machines: [machine],
    clients: [],
    thresholds: usualThresholds,
  };
  const findings = judge({ faults, inventory, certificates: {}, observations: [observation], judgedAt: new Date() });
  return Object.fromEntries(findings.map(({ fault, verdict }) => [fault, verdict.status]));
}

describe('names', () => {
  test('one that nobody has, by the system', async () => {
    const machine = machineAt('uccx1.nowhere.invalid');
    const location = await locate(machine, { probeMs });
    if (location.by !== 'name') throw new Error('it has a name');
    // Without a name server in reach the resolver cannot say no.
    const expected = location.failure === null ? 'present' : 'inconclusive';
    const observation = await recordName(machine, location, { probeMs });
    expect(verdicts(machine, observation)['name-not-resolved']).toBe(expected);
  });

  test('one of the hosts file', async () => {
    const location = await locate(machineAt('localhost'), { probeMs });
    expect(location).toMatchObject({ by: 'name', failure: null });
    expect(location.addresses).toContain('127.0.0.1');
  });

  test.each([
    ['uccx1.example.com', ['127.85.0.11'], 'absent'],
    ['uccx9.example.com', [], 'present'],
  ])('%s, by dnsmasq', async (name, addresses, expected) => {
    const limits = { probeMs, servers: [server] };
    const machine = machineAt(name);
    const location = await locate(machine, limits);
    if (location.by !== 'name') throw new Error('it has a name');
    expect(location).toMatchObject({ addresses, failure: null });
    const observation = await recordName(machine, location, limits);
    expect(verdicts(machine, observation)['name-not-resolved']).toBe(expected);
  });

  test('an address needs no looking up', async () => {
    const machine = { ...machineAt('uccx1.example.com'), address: '192.0.2.11' };
    expect(await locate(machine, { probeMs })).toEqual({ by: 'address', addresses: ['192.0.2.11'] });
  });

  test.each([
    { address: '127.85.0.11', expected: 'absent', what: 'back to the name' },
    { address: '2001:db8::11', expected: 'absent', what: 'back to the name over IPv6' },
    { address: '2001:db8::12', expected: 'present', what: 'to none over IPv6' },
    { address: '127.85.0.12', expected: 'present', what: 'to another one' },
    { address: '127.85.0.13', expected: 'present', what: 'to none' },
  ])('the address leads $what, by dnsmasq', async ({ address, expected }) => {
    const machine = machineAt('uccx1.example.com');
    const location = { by: 'name', name: 'uccx1.example.com', addresses: [address], failure: null } as const;
    const observation = await recordName(machine, location, { probeMs, servers: [server] });
    expect(verdicts(machine, observation)).toEqual({
      'name-not-resolved': 'absent',
      'reverse-name-differs': expected,
    });
  });

  test('a name server that does not answer is no answer', async () => {
    const machine = machineAt('uccx1.example.com');
    const location = { by: 'name', name: 'uccx1.example.com', addresses: ['127.85.0.11'], failure: null } as const;
    const silent = createSocket('udp4');
    silent.bind(0, '127.85.0.54');
    await once(silent, 'listening');
    const servers = [`127.85.0.54:${String(silent.address().port)}`];
    const limits = { probeMs: 300, servers };
    expect(await locate(machine, limits)).toMatchObject({ failure: { reason: expect.any(String) as string } });
    const observation = await recordName(machine, location, limits);
    silent.close();
    expect(verdicts(machine, observation)['reverse-name-differs']).toBe('inconclusive');
  });
});
