import { expect, test } from 'vitest';
import { MachineId } from '#model/names.ts';
import { exit, startWindowsServer } from '#tests/support/windows-server.ts';
import { WindowsShell } from '#transports/windows.ts';
import { probeWindowsStores } from './windows-stores.ts';

const limits = { connectMs: 2000, commandMs: 2000, octets: 100_000 };
const cvp = {
  id: MachineId.parse('cvp1'),
  type: 'CVP',
  fqdn: 'cvp1.example.com',
  release: '12.6(2)',
  address: null,
  certificates: null,
  ports: [],
  connect: {},
} as const;

test('a wrong password costs the machine one attempt, and every store says why it is not known', async () => {
  using server = await startWindowsServer((_command, channel) => exit(channel, 0));
  const { observations } = await probeWindowsStores(
    { ...cvp, ports: [] },
    {
      open: () => WindowsShell.open({ ...server.access, password: 'wrong' }, 'cmd', limits),
      passwords: { keyStore: () => null, trustStore: () => null },
    },
  );
  expect(server.shown).toEqual(['wrong']);
  expect(observations.map(({ kind }) => kind)).toEqual(
    expect.arrayContaining(['identity-store', 'trust-store', 'key-store', 'binding']),
  );
  for (const observation of observations)
    expect(observation).toMatchObject({ outcome: 'failed', failure: { reason: 'not-authorised' } });
});

test('a machine that answers nonsense makes no store fine', async () => {
  using server = await startWindowsServer((_command, channel) => exit(channel, 1, 'no\r\n', 'nonsense\r\n'));
  const { observations } = await probeWindowsStores(
    { ...cvp, ports: [] },
    {
      open: () => WindowsShell.open(server.access, 'cmd', limits),
      passwords: { keyStore: () => null, trustStore: () => null },
    },
  );
  expect(observations.filter(({ outcome }) => outcome === 'recorded')).toEqual([]);
});
