import { readFileSync, writeFileSync } from 'node:fs';
import { afterAll, afterEach, beforeAll, expect, test } from 'vitest';
import { apply, resume } from '#workflow/apply.ts';
import { makePlan } from '#workflow/plan.ts';
import type { Plan } from '#model/plan.ts';
import type { Run } from '#model/run.ts';
import { applyingIn, presentIn } from './support/applying.ts';
import { startTestLab, type TestLab } from './support/lab.ts';

/** A device of the Operations Console: a person enters it, and the inventory says that it was done. */
let up: TestLab;
const { reports, inventory, look, options, planFor } = applyingIn(() => up);

beforeAll(async () => {
  up = await startTestLab('127.178.0.0/16', { deployment: 'UCCE', signed: true });
}, 120_000);
afterAll(() => up[Symbol.asyncDispose]());
afterEach(async () => {
  reports.length = 0;
  await up.lab.reset();
});

const fixes = (plan: Plan): string[] => plan.changes.map(({ remediation }) => remediation);

/** keytool puts the root behind a reply whenever its key store knows it. */
const presentNow = (run: Run): string[] => presentIn(run).filter((fault) => fault !== 'trust-anchor-sent');

/** As a person writes it into the inventory, once it is entered. */
function enter(name: string): void {
  const text = readFileSync(up.lab.inventoryFile, 'utf8');
  writeFileSync(up.lab.inventoryFile, text.replace(/oampName: \S+/, `oampName: ${name}`));
}

test('the certificate gets the name, then a person enters the device by it', async () => {
  const plan = await planFor('cvp-entered-by-its-short-name');
  expect(fixes(plan)).toEqual(['replace-cvp-certificate', 'enter-by-name-in-operations-console']);
  await expect(apply(plan, inventory(), options())).rejects.toThrow(
    /waits until a person enters it in the Operations Console as cvp2\.lab\.example on cvp2:[\s\S]*oamp1\.lab\.example[\s\S]*uccert resume/,
  );
  enter('another');
  await expect(resume(plan.id, options())).rejects.toThrow(/waits until a person/);
  expect(presentNow(await look())).toEqual(['entered-under-another-name']);
  enter('cvp2.lab.example');
  const { outcome, run } = await resume(plan.id, options());
  expect(outcome).toEqual({ status: 'verified' });
  expect(presentNow(run)).toEqual([]);
}, 120_000);

test('where the certificate has the name, the entry is all there is to do', async () => {
  await up.lab.apply({
    id: 'entered-short',
    needs: 'any',
    deployment: 'UCCE',
    change: (lab) => {
      lab.windows('cvp2').oampName = 'cvp2';
    },
  });
  const plan = await makePlan(await look(), inventory());
  expect(fixes(plan)).toEqual(['enter-by-name-in-operations-console']);
  await expect(apply(plan, inventory(), options())).rejects.toThrow(/waits until a person/);
  enter('CVP2.lab.example');
  expect((await resume(plan.id, options())).outcome).toEqual({ status: 'verified' });
}, 120_000);
