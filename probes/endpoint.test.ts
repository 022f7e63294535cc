import { beforeEach, describe, expect, test, vi } from 'vitest';
import { lookup } from 'node:dns/promises';
import { Machine } from '#model/inventory.ts';
import { probeEndpoint, targetsOf } from './endpoint.ts';
import { locate } from './names.ts';

vi.mock('node:dns/promises', () => ({ lookup: vi.fn() }));

const limits = { connectMs: 40, probeMs: 40 };
/** What the resolver says, once per test. */
const names = (answer: () => Promise<readonly { address: string; family: number }[]>): void => {
  vi.mocked(lookup).mockImplementation(answer as never);
};
const resolved = (...addresses: string[]) => Promise.resolve(addresses.map((address) => ({ address, family: 4 })));

function machine(more: Partial<Machine>): Machine {
  return Machine.parse({
    id: 'uccx1',
    type: 'TLS_SERVER',
    fqdn: 'uccx1.example.com',
    release: null,
    address: null,
    certificates: null,
    ports: [443],
    connect: {},
    ...more,
  });
}

describe('what is connected to', () => {
  beforeEach(() => names(() => resolved('192.0.2.2', '192.0.2.1', '192.0.2.2')));

  test.each([
    {
      title: 'every address of the name at every port, each once and in a stable order',
      given: { ports: [443, 8443] },
      wanted: ['192.0.2.1 443', '192.0.2.2 443', '192.0.2.1 8443', '192.0.2.2 8443'],
      serverName: 'uccx1.example.com',
    },
    {
      title: 'the address given, and the name as server name',
      given: { address: '192.0.2.9' },
      wanted: ['192.0.2.9 443'],
      serverName: 'uccx1.example.com',
    },
    {
      title: 'an IPv6 address as it is',
      given: { address: '2001:db8::1', fqdn: null },
      wanted: ['2001:db8::1 443'],
      serverName: null,
    },
    {
      title: 'an address in place of a name, which is no server name',
      given: { fqdn: '192.0.2.9' },
      wanted: ['192.0.2.9 443'],
      serverName: null,
    },
    {
      title: 'another place, where the inventory says so',
      given: { ports: [443, 8443], connect: { '443': '127.0.0.1:10443' } },
      wanted: ['127.0.0.1 10443', '192.0.2.1 8443', '192.0.2.2 8443'],
      serverName: 'uccx1.example.com',
    },
    {
      title: 'another place at an IPv6 address',
      given: { connect: { '443': '[::1]:10443' } },
      wanted: ['::1 10443'],
      serverName: 'uccx1.example.com',
    },
    {
      title: 'another place with a name',
      given: { connect: { '443': 'jump.example.com:10443' } },
      wanted: ['jump.example.com 10443'],
      serverName: 'uccx1.example.com',
    },
    { title: 'nothing of a machine without ports', given: { ports: [] }, wanted: [], serverName: null },
  ])('$title', async ({ given, wanted, serverName }) => {
    const found = machine(given);
    const targets = targetsOf(found, (await locate(found, limits)).addresses);
    expect(targets.map(({ connect }) => `${connect?.address} ${connect?.port}`)).toEqual(wanted);
    for (const { place, connect } of targets) expect(place).toMatchObject({ address: connect?.address, serverName });
  });
});

describe('a name without an address', () => {
  test.each([
    ['is not known', () => Promise.reject(new Error('ENOTFOUND'))],
    ['has none', () => resolved()],
    ['is looked for too long', () => new Promise<never>(() => undefined)],
  ])('that %s makes every port say so', async (_why, answer) => {
    names(answer);
    const found = machine({ ports: [443, 8443], connect: { '8443': '127.0.0.1:9' } });
    const targets = targetsOf(found, (await locate(found, limits)).addresses);
    expect(targets.map(({ connect }) => connect?.address ?? null)).toEqual([null, '127.0.0.1']);
    const { observations, certificates } = await probeEndpoint(targets[0]!, limits);
    const failure = { reason: 'name-not-resolved', name: 'uccx1.example.com' };
    expect(observations).toMatchObject([
      { kind: 'connection', outcome: 'failed', failure },
      { kind: 'certificate-list', outcome: 'failed', failure },
      { kind: 'tls-handshake', outcome: 'failed', failure },
      { kind: 'client-certificate', outcome: 'failed', failure },
    ]);
    expect(certificates.size).toBe(0);
  });
});
