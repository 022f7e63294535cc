import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';
import { openVos } from '#workflow/session.ts';
import { apply, dryRun, resume, rollBack } from '#workflow/apply.ts';
import { makePlan } from '#workflow/plan.ts';
import { makeRunbook } from '#workflow/runbook.ts';
import { scenarioOf } from '#lab/control-server.ts';
import type { MachineId } from '#model/names.ts';
import type { Plan } from '#model/plan.ts';
import { applyingIn } from './support/applying.ts';
import { startTestLab, type TestLab } from './support/lab.ts';

/** Plans that stop for a person, and go on when what the person does can be seen. */
describe.each([
  ['self-signed', 'regenerate-self-signed-certificate', '127.177.0.0/16'],
  ['signed', 'replace-with-ca-signed-certificate', '127.177.0.0/16'],
] as const)('a domain that has to be set on a machine, %s', (kind, fix, network) => {
  let up: TestLab;
  const { reports, inventory, look, options } = applyingIn(() => up);
  const domain = 'chat.lab.example';

  beforeAll(async () => {
    up = await startTestLab(network, { signed: kind === 'signed' });
  });
  afterAll(() => up[Symbol.asyncDispose]());
  afterEach(async () => {
    reports.length = 0;
    await up.lab.reset();
  });

  /** The company was renamed, and nobody told the machine. */
  async function planned(): Promise<Plan> {
    await up.lab.apply(scenarioOf('domain-changed-after-installation'));
    const machine = up.lab.vos('ccp1');
    machine.settings = { ...machine.settings, domain: 'lab.example' };
    return makePlan(await look(), inventory());
  }

  /** As a person types it, and waits for the machine. */
  async function setDomain(): Promise<void> {
    const cli = await openVos(inventory(), 'ccp1' as MachineId, 'change');
    await cli.run(`set network domain ${domain}`, [{ to: /\(y\/n\)\?\s*$/, send: 'y' }]).catch(() => undefined);
    cli.close();
    await expect
      .poll(() => openVos(inventory(), 'ccp1' as MachineId, 'read').then((next) => next.close()))
      .toBe(undefined);
  }

  test('stops the plan before anything is changed, until the machine says that it has it', async () => {
    const plan = await planned();
    expect(plan.changes.map(({ remediation, reversible }) => [remediation, reversible])).toEqual([[fix, false]]);
    expect(plan.changes[0]?.irreversible[0]).toMatch(/a person sets it, and only a person sets it back/);
    const before = up.lab.digest;
    await dryRun(plan, inventory(), options());
    expect(reports).toContainEqual(
      expect.objectContaining({
        event: 'would-do',
        title: `ccp1: a person sets its domain to ${domain} (set network domain)`,
      }),
    );
    const stops = new RegExp(
      `waits until a person sets its domain to ${domain} .* on ccp1:[\\s\\S]*  set network domain ${domain}[\\s\\S]*uccert resume ${plan.id}`,
    );
    await expect(apply(plan, inventory(), options())).rejects.toThrow(stops);
    await expect(resume(plan.id, options())).rejects.toThrow(stops);
    expect(up.lab.digest).toEqual(before);

    await setDomain();
    expect((await resume(plan.id, options())).outcome).toEqual({ status: 'verified' });
  });

  test('is taken back where nobody set it, and left to a person who did', async () => {
    const plan = await planned();
    await expect(apply(plan, inventory(), options())).rejects.toThrow(/waits until a person/);
    expect((await rollBack(plan.id, options())).outcome.status).toBe('rolled-back');

    const again = await makePlan(await look(), inventory());
    await expect(apply(again, inventory(), options())).rejects.toThrow(/waits until a person/);
    await setDomain();
    const { outcome } = await rollBack(again.id, options());
    if (outcome.status !== 'stranded') throw new Error(`ended ${outcome.status}`);
    expect(outcome.left.join('\n')).toMatch(
      /ccp1: a person sets its domain .*a person takes it back: set network domain/,
    );
  });

  test('is passed over where the machine has it already', async () => {
    await up.lab.apply(scenarioOf('domain-changed-after-installation'));
    const plan = await makePlan(await look(), inventory());
    expect((await apply(plan, inventory(), options())).outcome).toEqual({ status: 'verified' });
    expect(reports).toContainEqual(
      expect.objectContaining({ event: 'skipped', title: expect.stringMatching(/a person sets its domain/) as string }),
    );
    const runbook = makeRunbook(plan, inventory());
    expect(runbook.stops.filter((stops) => stops.includes('the whole machine'))).toEqual([
      `ccp1: the whole machine (set network domain restarts it, where its domain is not ${domain} yet)`,
    ]);
    expect(runbook.changes[0]?.steps[0]).toMatchObject({
      where: 'ccp1.chat.lab.example',
      check: [`Show network eth0 prints ${domain} as Domain.`],
    });
  });
});
