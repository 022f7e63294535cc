import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';
import { startTestLab, type TestLab } from '#tests/support/lab.ts';
import type { Breakage } from './breakage.ts';
import { Breaking } from './breaking.ts';
import { scenarioOf } from './control-server.ts';
import { inventoryChange } from './inventory-change.ts';
import { scenarios } from './scenarios/index.ts';

describe('in a PCCE that is signed', () => {
  let up: TestLab;
  let breaking: Breaking;
  const breakBy = (...ids: readonly string[]): Promise<Breakage> => breaking.by(ids.map(scenarioOf));

  beforeAll(async () => {
    up = await startTestLab('127.220.0.0/16', { deployment: 'PCCE', signed: true, portMap: true });
    breaking = new Breaking(up.lab);
  });
  afterAll(() => up[Symbol.asyncDispose]());
  afterEach(async () => {
    await up.lab.heal();
    breaking.forget();
  });

  test.each(scenarios.filter(({ deployment, needs }) => deployment === 'PCCE' && needs !== 'self-signed'))(
    '$id changes the lab as it came up',
    async ({ id }) => {
      const { unchanged } = await breakBy(id);
      expect(unchanged).toEqual([]);
      expect(up.lab.broken).toEqual([id]);
    },
  );

  test('what stands already is not broken once more', async () => {
    await breakBy('cvp-as-installed');
    const { digest } = up.lab;
    expect((await breakBy('cvp-as-installed')).unchanged).toEqual([{ id: 'cvp-as-installed', because: 'stands' }]);
    expect(up.lab.digest).toEqual(digest);
  });

  test('what was put right since is not broken anew, and that is told', async () => {
    await breakBy('cvp-as-installed');
    await up.lab.installOnWindows('cvp2', 'vxml_certificate', {});
    expect((await breakBy('cvp-as-installed')).unchanged).toEqual([
      { id: 'cvp-as-installed', because: 'changed since' },
    ]);
  });

  test('a scenario that leaves the lab as it was has not broken it', async () => {
    const { unchanged, overwritten } = await breakBy('reporting-server-as-installed', 'issuer-left-out-on-cvp');
    expect(unchanged).toEqual([{ id: 'issuer-left-out-on-cvp', because: 'was so' }]);
    expect(overwritten).toEqual([]);
    expect(up.lab.broken).toEqual(['reporting-server-as-installed']);
  });

  test('a key with another password is overwritten by another key', async () => {
    const { overwritten } = await breakBy('key-came-out-of-a-pfx', 'cvp-as-installed');
    expect(overwritten).toEqual([
      { id: 'key-came-out-of-a-pfx', by: 'cvp-as-installed', at: ['cvp2 files'], isGone: true },
    ]);
  });

  test('what the inventory says otherwise is told, and nothing of one that leaves it alone', async () => {
    const { inventoryChanges } = await breakBy('root-missing-on-pg', 'key-came-out-of-a-pfx');
    expect(inventoryChanges).toEqual([{ id: 'root-missing-on-pg', says: ['secured: pg-relies-on-finesse'] }]);
  });
});

test.each([
  ['release: 12.5', 'release: 15', ['release: 15']],
  [
    'machines: { cvp1: { address: 192.0.2.1 } }',
    'machines: { cvp1: {} }',
    ['no longer machines.cvp1.address: 192.0.2.1'],
  ],
  ['secured: [a]', 'secured: [a, b/c]', ['secured: b/c']],
  ['secured: [a, b]', 'secured: [b, a]', []],
])('from %s to %s', (before, after, says) => {
  expect(inventoryChange(before, after)).toEqual(says);
});
