import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { scenarios } from '#lab/scenarios/index.ts';
import { startTestLab, type TestLab } from './support/lab.ts';

/** Each scenario changes the lab as it comes up: what leaves it as it was is not called broken, and nobody is told how to see it. */
const labs: readonly (readonly [deployment: 'UCCX' | 'PCCE' | 'UCCE', signed: boolean])[] = [
  ['UCCX', false],
  ['UCCX', true],
  ['PCCE', false],
  ['PCCE', true],
  ['UCCE', true],
];

describe.each(
  labs.map(([deployment, signed], row) => ({ deployment, signed, network: `127.${String(211 + row)}.0.0/16` })),
)('$deployment, signed: $signed', ({ deployment, signed, network }) => {
  let up: TestLab;
  beforeAll(async () => {
    up = await startTestLab(network, { deployment, signed });
  }, 120_000);
  afterAll(() => up[Symbol.asyncDispose]());

  const suiting = scenarios.filter(
    ({ needs, deployment: wanted = 'UCCX' }) =>
      wanted === deployment && (needs === 'any' || (needs === 'signed') === signed),
  );

  test.each(suiting.map((scenario) => [scenario.id, scenario] as const))('%s', async (id, scenario) => {
    await up.lab.apply(scenario);
    expect(up.lab.broken).toEqual([id]);
    await up.lab.reset();
  });
});
