import { expect, test } from 'vitest';
import { applied } from '#tests/support/sample-plan.ts';
import { planText, stillToComeText } from './plan-text.ts';

const [regenerate, importing, restart] = applied.plan.changes[0]?.steps ?? [];
if (regenerate === undefined || importing === undefined || restart === undefined) throw new Error('the plan has steps');
const at = { change: 0, step: 0 };

test('a way back says what is put back, what is taken up, and what stays', () => {
  const text = stillToComeText(
    'P',
    {
      way: 'back',
      steps: [
        { step: importing, at, how: 'put back', words: 'uccx1: remove the certificate of ccp' },
        { step: restart, at, how: 'again', words: 'ccp: restart Cisco Tomcat' },
      ],
      kept: ['ccp: regenerate the tomcat certificate'],
      keptWith: ['uccx2: import the certificate of ccp'],
      said: ['the old key pair of ccp'],
      remains: ['ccp: a request that waits'],
    },
    100,
  );
  expect(text).toMatch(/^Plan P, uccx1, ccp: taking it back comes to\n {2}1 {2}uccx1: remove.*\n {2}2 {2}ccp: restart/);
  expect(text).toMatch(/Stays done, as nothing takes it back:\n {2}ccp: regenerate/);
  expect(text).toMatch(/Stays with that, .*:\n {2}uccx2: import[\s\S]*does not come back:\n {2}the old key pair/);
  expect(text).toMatch(/Afterwards: uccert trust[\s\S]*Remains, and does no harm:\n {2}ccp: a request/);
});

test('a way forward says the steps alone', () => {
  const text = stillToComeText('P', { way: 'forward', steps: [regenerate] }, 100);
  expect(text).toMatch(/^Plan P, ccp: is still to be done\n {2}1 {2}ccp: regenerate the tomcat certificate.*$/);
});

test('a plan names with a change the steps of others that it needs, and none where it needs none', () => {
  const { plan } = applied;
  const [change] = plan.changes;
  if (change === undefined) throw new Error('the plan has a change');
  const needing = (...steps: number[]) => ({ ...change, needs: steps.map((step) => ({ change: 0, step })) });
  const text = planText({ ...plan, changes: [change, needing(1), needing(0, 2, 3, 4)] }, 100);
  expect(text.match(/needs .*/g)).toEqual(['needs     step 2 of change 1', 'needs     steps 1, 3-5 of change 1']);
});
