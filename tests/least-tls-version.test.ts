import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';
import type { Plan } from '#model/plan.ts';
import { scenarioOf } from '#lab/control-server.ts';
import { apply, rollBack } from '#workflow/apply.ts';
import { makePlan } from '#workflow/plan.ts';
import { applyingIn, presentIn } from './support/applying.ts';
import { startTestLab, type TestLab } from './support/lab.ts';

/** What raises the least TLS version of machines, by their own command line. */
let up: TestLab;
const { inventory, look, options, planFor } = applyingIn(() => up);

beforeAll(async () => {
  up = await startTestLab('127.188.0.0/16', { manners: { restartMilliseconds: 20, rebootMilliseconds: 50 } });
});
afterAll(() => up[Symbol.asyncDispose]());
afterEach(() => up.lab.reset());

const stepsOf = (plan: Plan): string[] =>
  plan.changes.flatMap(({ steps }) => steps).map((step) => `${'on' in step ? step.on : ''} ${step.do}`);

test.each([
  ['old-versions-left-on', ['uccx1 set-option', 'uccx1 restart-machine', 'uccx1 wait-for']],
  ['call-manager-upgraded-with-old-versions', ['cucm1 set-option', 'cucm1 wait-for']],
])('%s is cleared, and taken back to the version before', async (scenario, steps) => {
  const plan = await planFor(scenario, true);
  expect(stepsOf(plan)).toEqual(steps);
  expect(plan.changes.map(({ reversible }) => reversible)).toEqual([true]);
  const before = up.lab.digest;
  const applied = await apply(plan, inventory(), options());
  expect(applied.outcome).toEqual({ status: 'verified' });
  expect(presentIn(await look(true))).toEqual([]);
  expect(up.lab.digest).not.toEqual(before);
  expect((await rollBack(plan.id, options())).outcome.status).toBe('rolled-back');
  expect(up.lab.digest).toEqual(before);
});

test('one restart of the machine takes up what other changes of the plan wait for', async () => {
  const plan = await planFor(['finesse-certificate-expired', 'old-versions-left-on'], true);
  const restarts = stepsOf(plan).filter((step) => step.startsWith('uccx1 restart'));
  expect(restarts).toEqual(['uccx1 restart-machine']);
  expect((await apply(plan, inventory(), options())).outcome).toEqual({ status: 'verified' });
  expect(presentIn(await look(true))).toEqual([]);
});

describe('is declined, with the reason', () => {
  test.each([
    ['old-versions-left-on', 'uccx1', '12.0(1)', /release 12\.0\(1\), cannot raise .* upgrade to 12\.5\(1\) or later/],
    ['call-manager-upgraded-with-old-versions', 'cucm1', '11.5(1)', /upgrade to 11\.5\(1\)SU3 or later/],
    ['call-manager-upgraded-with-old-versions', 'cucm1', '15.0(1)SU2', /once for the whole cluster: on the publisher/],
  ])('for %s on %s of release %s', async (scenario, machine, release, because) => {
    const { snapshot } = inventory();
    const machines = snapshot.machines.map((each) => (each.id === machine ? { ...each, release } : each));
    await up.lab.apply(scenarioOf(scenario));
    const run = await look(true);
    await expect(makePlan(run, { ...inventory(), snapshot: { ...snapshot, machines } })).rejects.toThrow(because);
  });

  test('for a port that speaks nothing newer', async () => {
    await expect(planFor('only-old-versions', true)).rejects.toThrow(/would speak to nobody afterwards/);
  });
});
