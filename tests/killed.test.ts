import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';
import { isPresent } from '#model/verdict.ts';
import type { Plan } from '#model/plan.ts';
import type { Run } from '#model/run.ts';
import { loadInventory, type Inventory } from '#inventory/load.ts';
import { scenarioOf } from '#lab/control-server.ts';
import { VosMachine } from '#lab/machines/vos/machine.ts';
import { actionOf } from '#remediations/actions/index.ts';
import type { ApplyOptions, Report } from '#workflow/apply-options.ts';
import { resume, rollBack } from '#workflow/apply.ts';
import { changedBy } from '#workflow/changed-before.ts';
import { makePlan } from '#workflow/plan.ts';
import { trust } from '#workflow/trust.ts';
import { startTestLab, type TestLab } from './support/lab.ts';
import { goBackTo, momentsOf, type Listen } from './support/moments.ts';

/** Fixes, each with a scenario that it clears by itself. */
const cases: Readonly<Record<'self-signed' | 'signed', readonly (readonly [fix: string, scenario: string])[]>> = {
  'self-signed': [
    ['regenerate-self-signed-certificate', 'key-too-short'],
    // Its first step asks a person, and finds that it was done.
    ['regenerate-self-signed-certificate', 'domain-changed-after-installation'],
    ['restart-services-with-old-certificate', 'ccp-renewed-and-not-restarted'],
    ['import-into-tomcat-trust', 'ccp-certificate-not-imported'],
    ['trust-on-client-pcs', 'certificate-not-handed-to-pcs'],
    ['raise-least-tls-version', 'old-versions-left-on'],
    // It reboots by itself.
    ['raise-least-tls-version', 'call-manager-upgraded-with-old-versions'],
  ],
  signed: [
    ['replace-with-ca-signed-certificate', 'key-too-short'],
    ['complete-certificate-chain', 'root-without-intermediate'],
    ['present-rsa-certificate', 'set-to-elliptic-curve'],
    ['remove-expired-trust-entry', 'issuing-authority-expired'],
  ],
};

/** Commands that change a machine. After those that reboot it nobody could bring back the moment: it goes down by itself. */
const changes = /^(set (cert|csr|tls server min-version)|utils service restart)/;

const rows: string[] = [];

for (const [kind, network] of [
  ['self-signed', '127.144.0.0/16'],
  ['signed', '127.145.0.0/16'],
] as const) {
  describe(`a process that is killed in the ${kind} lab`, () => {
    let up: TestLab;
    beforeAll(async () => {
      up = await startTestLab(network, { signed: kind === 'signed' });
    });
    afterAll(() => up[Symbol.asyncDispose]());
    afterEach(async () => {
      listen(() => undefined);
      await up.lab.reset();
    });

    const listen: Listen = (hear) => {
      for (const machine of up.lab.machines)
        if (machine instanceof VosMachine) machine.onCommand = (line) => hear(line, machine.id);
    };
    const inventory = (): Inventory => loadInventory(up.lab.inventoryFile);
    const look = (): Promise<Run> => trust(inventory(), { command: [], judgeAt: null, deep: true });
    const options = (report: (report: Report) => void = () => undefined): ApplyOptions => ({
      acceptIrreversible: true,
      // With the key of CUCM too short nobody can sign in, so nobody can be asked who is.
      disturbAgents: true,
      stateFolder: up.state,
      command: [],
      report,
    });
    const presentIn = (run: Run): string[] => run.findings.filter(isPresent).map(({ fault }) => fault);

    /** Takes the plan back, and says in words what was left of it. */
    async function takenBack(plan: Plan, stores: unknown): Promise<string> {
      // Where an identity is kept, so is all that trusts it.
      const undone = plan.changes
        .filter(({ reversible, steps }) => reversible || !steps.some((step) => changedBy(step) !== null))
        .flatMap(({ steps }) => steps)
        .some((step) => typeof actionOf(step).undo !== 'string');
      if (!undone) {
        await expect(rollBack(plan.id, options())).rejects.toThrow(/has done nothing that can be taken back/);
        return 'refused: there is nothing to take back';
      }
      const { outcome } = await rollBack(plan.id, options());
      const isWhole = plan.changes.every(({ reversible }) => reversible);
      if (isWhole) {
        expect(outcome.status).toBe('rolled-back');
        expect(storesOf(up)).toEqual(stores);
        return 'stores byte for byte';
      }
      return outcome.status === 'stranded'
        ? `${String(outcome.left.length)} left, as was said beforehand`
        : 'what could be, as was said beforehand';
    }

    test.each(cases[kind])(
      'in %s goes on from every moment',
      async (fix, scenario) => {
        await up.lab.apply(scenarioOf(scenario));
        const plan = await makePlan(await look(), inventory());
        expect(plan.changes.map(({ remediation }) => remediation)).toContain(fix);
        expect(plan.unreached).toEqual([]);
        const stores = storesOf(up);

        const { moments } = await momentsOf(plan, up, { options, listen, changes });
        const steps = plan.changes.reduce((sum, change) => sum + change.steps.length, 0);
        expect(moments.length).toBeGreaterThanOrEqual(steps);

        for (const moment of moments) {
          await goBackTo(moment, up);
          const { outcome, run } = await resume(plan.id, options());
          expect(outcome, `killed before ${moment.before}`).toEqual({ status: 'verified' });
          expect(presentIn(run), `killed before ${moment.before}`).toEqual([]);
        }

        const left = await takenBack(plan, stores);
        rows.push(
          `| [${fix}](catalogue/remediations.md#${fix}) | ${scenario}, ${kind} | ${String(steps)} | ${String(moments.length)} | verified | ${left} |`,
        );
      },
      300_000,
    );
  });
}

test('the table is the one that was reviewed', async () => {
  const table = [
    '# Fixes that were killed',
    '',
    'Each fix was carried out once in the lab. The journal and the machines were kept before every step, and again after every command that changed a',
    'machine. From each of these moments a new process went on with `uccert resume`, and at the end the plan was taken back with `uccert roll-back`.',
    'Written by `tests/killed.test.ts`.',
    '',
    '| fix | scenario, lab | steps | moments | after `resume` | after `roll-back` |',
    '| --- | --- | --: | --: | --- | --- |',
    ...rows,
    '',
  ];
  await expect(table.join('\n')).toMatchFileSnapshot('../docs/killed.md');
});

/** Everything that lies in a store or a file; what services hold in memory is taken up by restarts. */
function storesOf(up: TestLab): unknown {
  const { machines, clients } = up.lab.digest;
  return { clients, machines: Object.entries(machines).map(([id, held]) => ({ id, ...held, ports: null })) };
}
