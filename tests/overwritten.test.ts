import { afterAll, afterEach, beforeAll, expect, test } from 'vitest';
import { apply } from '#workflow/apply.ts';
import { makePlan } from '#workflow/plan.ts';
import { applyingIn, presentIn } from './support/applying.ts';
import { startTestLab, type TestLab } from './support/lab.ts';

/** A signed certificate that was made anew by mistake, before anything was restarted: the restart is what would hurt. */
let up: TestLab;
const { reports, inventory, look, options } = applyingIn(() => up);

beforeAll(async () => {
  up = await startTestLab('127.157.0.0/16', { signed: true });
});
afterAll(() => up[Symbol.asyncDispose]());
afterEach(async () => {
  reports.length = 0;
  await up.lab.reset();
});

test.each([
  ['no service', []],
  ['one service', ['Cisco Finesse Tomcat']],
])(
  'after a restart of %s it is signed anew, and not restarted before',
  async (_what, restarted) => {
    await up.lab.apply({
      id: 'regenerated-by-mistake',
      needs: 'signed',
      change: async (lab) => {
        await lab.vos('uccx2').regenerate();
        await lab.vos('uccx2').load(restarted);
      },
    });
    const run = await look();
    const advice = run.findings.flatMap(({ fault, verdict }) =>
      fault === 'previous-certificate-presented' && verdict.status === 'present' ? (verdict.advice ?? '') : [],
    );
    for (const words of advice) expect(words).toMatch(/^Do not restart uccx2 now: its store holds a self-signed/);
    if (restarted.length === 0) expect(advice).not.toEqual([]);
    const plan = await makePlan(run, inventory());
    expect(plan.changes.map(({ remediation }) => remediation)).toEqual(['replace-with-ca-signed-certificate']);
    const { outcome, run: after } = await apply(plan, inventory(), options({ disturbAgents: true }));
    expect(outcome).toEqual({ status: 'verified' });
    expect(presentIn(after)).toEqual([]);
  },
  60_000,
);
