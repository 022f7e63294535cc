import { appendFileSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';
import type { Plan } from '#model/plan.ts';
import { newRoot, type Identity } from '#lab/authority.ts';
import { scenarioOf } from '#lab/control-server.ts';
import type { Report } from '#workflow/apply-options.ts';
import { apply } from '#workflow/apply.ts';
import { makePlan } from '#workflow/plan.ts';
import { applyingIn, presentIn } from './support/applying.ts';
import { startTestLab, type TestLab } from './support/lab.ts';

/** PCs that trusted a machine before a plan trust it afterwards, whoever signs. */
let up: TestLab;
let other: Identity;
const { reports, inventory, look, options } = applyingIn(() => up);

beforeAll(async () => {
  up = await startTestLab('127.197.0.0/16', { signed: true });
  other = await newRoot(up.lab.now(), 'Other Root CA');
});
afterAll(() => up[Symbol.asyncDispose]());
afterEach(async () => {
  reports.length = 0;
  await up.lab.reset();
});

const inLab = (name: string): string => join(up.lab.folder, name);
const anchors = (): string => inLab('clients/pc-managed/anchors.pem');

/** A certificate of uccx2 that ends soon, and another authority than before to sign the next one. */
async function planned(prepare: () => void, entry = ''): Promise<Plan> {
  await up.lab.apply(scenarioOf('certificate-runs-out-soon'));
  writeFileSync(inLab('other.pem'), other.certificate.toString());
  writeFileSync(inLab('other.key'), other.key.privateKey.export({ type: 'pkcs8', format: 'pem' }), { mode: 0o600 });
  const text = readFileSync(up.lab.inventoryFile, 'utf8')
    .replace('chain: authority/chain.pem', `chain: other.pem${entry}`)
    .replace('key: authority/intermediate.key', 'key: other.key');
  writeFileSync(up.lab.inventoryFile, text);
  prepare();
  return makePlan(await look(), inventory());
}

const giveToPcs = (): void => appendFileSync(anchors(), other.certificate.toString());

describe('an authority that signs instead of another', () => {
  test('does not, where a profile that trusts the machine lacks its root', async () => {
    await expect(planned(() => undefined)).rejects.toThrow(
      /certificate-expiring: pc-managed trusts uccx2 now, and would refuse what lab-ca signs: it does not hold the root Other Root CA\. [\s\S]*uccert bundle --client pc-managed/,
    );
  });

  test('does, where the profile has its root, and the profile is looked at afterwards', async () => {
    const plan = await planned(giveToPcs);
    const ports = plan.changes.flatMap(({ keeps }) =>
      keeps.flatMap(({ fault, subject }) =>
        fault === 'untrusted-issuer' && subject.scope === 'endpoint' ? [[subject.client, subject.port]] : [],
      ),
    );
    expect(ports).toContainEqual(['pc-managed', 8445]);
    const { outcome, run } = await apply(plan, inventory(), options());
    expect(outcome).toEqual({ status: 'verified' });
    expect(presentIn(run)).toEqual([]);
  }, 60_000);

  test('does, where its root is on every PC in the world', async () => {
    const plan = await planned(() => undefined, '\n    public: true');
    expect(plan.changes.map(({ remediation }) => remediation)).toEqual(['replace-with-ca-signed-certificate']);
  });

  test('does, where no profile trusts the machine now, and promises no trust to a profile without its root', async () => {
    const third = await newRoot(up.lab.now(), 'Third Root CA');
    const plan = await planned(() => writeFileSync(anchors(), third.certificate.toString()));
    expect(plan.changes.map(({ remediation }) => remediation)).toContain('replace-with-ca-signed-certificate');
    expect(plan.notCovered).toContainEqual({
      fault: 'untrusted-issuer',
      subject: expect.objectContaining({ machine: 'uccx2', port: 8445, client: 'pc-managed' }) as object,
      because: expect.stringMatching(/^pc-managed refuses what lab-ca signs, too: .* Other Root CA\./) as string,
    });
    // No profile proves the desktop, so nobody can be asked who is signed in there.
    const ended = await apply(plan, inventory(), options({ disturbAgents: true }));
    expect(ended.outcome).toEqual({ status: 'verified' });
  }, 60_000);

  test('is not verified where the PCs refuse the machine in the end', async () => {
    const plan = await planned(giveToPcs);
    const report = (said: Report): void => {
      if (said.event === 'verifying') writeFileSync(anchors(), up.lab.authority.root.certificate.toString());
    };
    const { outcome } = await apply(plan, inventory(), options({ report }));
    if (outcome.status !== 'stranded') throw new Error(`ended ${outcome.status}`);
    expect(outcome.because).toMatch(/^verification failed: .*untrusted-issuer at uccx2:[\d ]*8445.* is present/);
  }, 60_000);
});
