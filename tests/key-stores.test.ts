import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';
import type { Plan } from '#model/plan.ts';
import type { StepOf } from '#model/step.ts';
import { keyStorePath } from '#lab/machines/windows/installation.ts';
import { removeCertificate } from '#remediations/actions/remove-certificate.java.ts';
import { repliesFor } from '#workflow/application.ts';
import { apply } from '#workflow/apply.ts';
import { makeRunbook } from '#workflow/runbook.ts';
import { reachOf } from '#workflow/session.ts';
import { applyingIn, presentIn } from './support/applying.ts';
import { startTestLab, type TestLab } from './support/lab.ts';

/** Plans on key stores of CVP: what they must never delete. */
describe('a reply that lies beside its key', () => {
  let up: TestLab;
  const { inventory, look, options, planFor } = applyingIn(() => up);
  beforeAll(async () => {
    up = await startTestLab('127.217.0.0/16', { deployment: 'PCCE', signed: true });
  }, 120_000);
  afterAll(() => up[Symbol.asyncDispose]());
  afterEach(() => up.lab.reset());

  const removalOf = (plan: Plan): StepOf<'java', 'remove-certificate'> => {
    const [step] = plan.changes
      .flatMap(({ steps }) => steps)
      .flatMap((each) => (each.via === 'java' && each.do === 'remove-certificate' ? [each] : []));
    if (step === undefined) throw new Error('the plan removes nothing');
    return step;
  };

  test('the runbook names the alias of the stray entry', async () => {
    const plan = await planFor('reply-beside-its-key');
    expect(removalOf(plan).aliases).toEqual(['vxml']);
    const lines = makeRunbook(plan, inventory()).changes.flatMap(({ steps }) =>
      steps.flatMap(({ ways }) => ways.flatMap((way) => way.lines.map(({ text }) => text))),
    );
    const deleted = lines.filter((text) => text.includes(' -delete '));
    expect(deleted).toEqual([expect.stringContaining(' -delete -alias vxml -keystore ')]);
  }, 120_000);

  test('apply deletes the stray entry and never that of the key, which has the same certificate by then', async () => {
    const plan = await planFor('reply-beside-its-key');
    const cvp = up.lab.windows('cvp2');
    const held = () => cvp.keyStore(keyStorePath)?.identity('vxml_certificate');
    const key = held()?.key.export({ type: 'pkcs8', format: 'pem' });
    const deleted: string[] = [];
    cvp.onCommand = (line) => deleted.push(...(/-delete.* -alias "?([^" ]+)/.exec(line)?.slice(1) ?? []));
    const { outcome, run } = await apply(plan, inventory(), options());
    cvp.onCommand = () => undefined;
    expect(outcome).toEqual({ status: 'verified' });
    expect(presentIn(run)).not.toContain('reply-under-wrong-alias');
    expect(deleted).toEqual(['vxml']);
    expect(key).toBeDefined();
    expect(held()?.key.export({ type: 'pkcs8', format: 'pem' })).toEqual(key);

    // Once more: only the key has the certificate now, and to the action there is nothing left to delete.
    const step = removalOf(plan);
    const reach = reachOf(inventory(), plan, repliesFor(plan, inventory(), `${up.state}/again.jsonl`, options()));
    const before = await removeCertificate.read(step, reach);
    expect(before).toEqual({ aliases: [] });
    await removeCertificate.apply(step, before, reach);
    expect(held()?.key.export({ type: 'pkcs8', format: 'pem' })).toEqual(key);
    expect(presentIn(await look())).not.toContain('identity-alias-missing');
  }, 300_000);
});

describe('a key store that its services would not open again', () => {
  let up: TestLab;
  const { inventory, look, options, planFor } = applyingIn(() => up);
  beforeAll(async () => {
    up = await startTestLab('127.218.0.0/16', { deployment: 'PCCE' });
  }, 120_000);
  afterAll(() => up[Symbol.asyncDispose]());
  afterEach(() => up.lab.reset());

  const others = [
    'finesse-secondary-not-in-aw',
    'thumbprint-copied-from-the-dialog',
    'aw-certificate-not-in-cvp',
  ] as const;
  const stepsOn = ({ changes }: Plan, id: string): number =>
    changes.flatMap(({ steps }) => steps).filter((step) => 'on' in step && step.on === id).length;
  const leftOn = ({ notCovered }: Plan, id: string): string[] =>
    notCovered.flatMap(({ fault, subject, because }) =>
      (subject.scope === 'trust-relation' && subject.relyingParty === id) ||
      (subject.scope === 'store' && subject.machine === id)
        ? [`${fault}: ${because}`]
        : [],
    );

  test.each([
    [
      'key-store-saved-as-jks',
      'cvp2',
      /^peer-not-trusted: .*\.keystore of cvp2 .*its format is wrong; first mend that/,
    ],
    ['key-came-out-of-a-pfx', 'cvp2', /^peer-not-trusted: .*another password than the key store; first mend that/],
  ])(
    'by %s has no step, and the others are planned and put right',
    async (scenario, id, because) => {
      const plan = await planFor([...others, scenario]);
      expect(stepsOn(plan, id)).toBe(0);
      expect(leftOn(plan, id)).toContainEqual(expect.stringMatching(because));
      expect(stepsOn(plan, 'aw1')).toBeGreaterThan(0);
      const { outcome } = await apply(plan, inventory(), options());
      expect(outcome).toEqual({ status: 'verified' });
    },
    300_000,
  );

  test('is worked on where a change of the plan gives it the key that it lacks', async () => {
    await up.lab.apply({
      id: 'key-deleted',
      needs: 'any',
      deployment: 'PCCE',
      change: () => up.lab.windows('cvp2').forget(keyStorePath, 'vxml_certificate'),
    });
    const plan = await planFor('aw-certificate-not-in-cvp');
    expect(stepsOn(plan, 'cvp2')).toBeGreaterThan(0);
    expect(leftOn(plan, 'cvp2')).toEqual([]);
    expect(presentIn(await look())).toContain('identity-alias-missing');
  }, 120_000);
});
