import { afterAll, afterEach, beforeAll, expect, test } from 'vitest';
import { thumbprintOf } from '#lab/machines/windows/certificate-store.ts';
import { keyStorePath } from '#lab/machines/windows/installation.ts';
import type { Report } from '#workflow/apply-options.ts';
import { apply, resume, rollBack } from '#workflow/apply.ts';
import { openWindows } from '#workflow/session.ts';
import { applyingIn } from './support/applying.ts';
import { startTestLab, type TestLab } from './support/lab.ts';

/** Somebody else is at a Windows machine while a plan changes it, or takes back what it did. */
let up: TestLab;
const { reports, inventory, options, planFor } = applyingIn(() => up);

beforeAll(async () => {
  up = await startTestLab('127.221.0.0/16', { deployment: 'PCCE', signed: true });
}, 120_000);
afterAll(() => up[Symbol.asyncDispose]());
afterEach(async () => {
  reports.length = 0;
  await up.lab.reset();
});

test('a certificate that somebody deletes before it is bound is missed there, and nothing is restarted for it', async () => {
  const plan = await planFor('iis-certificate-expired-on-aw');
  const aw = up.lab.windows('aw1');
  const bound = aw.bindings.at(443)?.hash;
  const restarts = (): unknown[] => reports.filter((each) => 'title' in each && each.title.includes('restart'));
  const report = (said: Report): void => {
    reports.push(said);
    if (said.event !== 'step' || !said.title.includes('bind the new certificate')) return;
    for (const { certificate } of aw.certificateStore.items('My').slice(-1))
      aw.certificateStore.delete('My', thumbprintOf(certificate));
  };
  const { outcome } = await apply(plan, inventory(), options({ report }));
  expect(outcome).toMatchObject({
    status: 'stranded',
    because: expect.stringMatching(/the certificate to bind, SHA-1 [0-9a-f]{40}, is not in Personal/) as string,
  });
  expect(restarts()).toEqual([]);
  expect(aw.bindings.at(443)?.hash).toBe(bound);
}, 120_000);

test('a key store that somebody else writes while a plan is taken back is not overwritten', async () => {
  const plan = await planFor('cvp-as-installed');
  expect((await apply(plan, inventory(), options())).outcome).toEqual({ status: 'verified' });
  let undone = 0;
  const report = ({ event }: Report): void => {
    // When something was put back, and not all of it was taken up.
    if (event === 'undoing') undone += 1;
    if (event === 'again' || undone > 1) throw new Error('killed');
  };
  await expect(rollBack(plan.id, options({ report }))).rejects.toThrow('killed');
  const copied = plan.changes.flatMap(({ steps }) => steps).find((step) => step.do === 'back-up-store');
  const cvp = up.lab.windows(copied?.on ?? '');
  const bringBack = cvp.remember();
  cvp.replaceKeyStore(keyStorePath, (store) => store.as('JKS'));
  for (const again of [resume, rollBack])
    await expect(again(plan.id, options())).rejects.toThrow(
      /cvp\w+ has the file \.keystore as: then JCEKS [0-9a-f]{32}, now JKS [0-9a-f]{32}/,
    );
  await bringBack();
  expect((await resume(plan.id, options())).outcome).toMatchObject({ status: 'rolled-back' });
}, 120_000);

test('one PG is not restarted while a program of the other has stopped, though its ports answer', async () => {
  const plan = await planFor('root-missing-on-pg');
  const other = await openWindows(inventory(), up.lab.windows('pg1b').id, 'change');
  await other.powershell("Stop-Service -Name 'Cisco ICM ucce CG1'");
  await expect(apply(plan, inventory(), options())).rejects.toThrow(
    /^Cisco ICM ucce CG1 does not run on pg1b, the other side of pg1a\.\n.*\nBring it back first, then: uccert apply/,
  );
  await other.powershell("Start-Service -Name 'Cisco ICM ucce CG1'");
  other.close();
  expect((await apply(plan, inventory(), options())).outcome).toEqual({ status: 'verified' });
}, 120_000);
