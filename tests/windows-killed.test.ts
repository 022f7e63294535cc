import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';
import type { Plan } from '#model/plan.ts';
import { loadInventory, type Inventory } from '#inventory/load.ts';
import { scenarioOf } from '#lab/control-server.ts';
import { WindowsMachine } from '#lab/machines/windows/machine.ts';
import type { ApplyOptions, Report } from '#workflow/apply-options.ts';
import { resume, rollBack } from '#workflow/apply.ts';
import { makePlan } from '#workflow/plan.ts';
import { trust } from '#workflow/trust.ts';
import { boundAndNotTakenUp } from './support/bound-and-not-taken-up.ts';
import { startTestLab, type TestLab } from './support/lab.ts';
import { filesLeft, goBackTo, momentsOf, type Listen } from './support/moments.ts';

/** A fix of a Windows machine with a scenario that it clears by itself, and what a roll-back brings back. */
type Case = readonly [fix: string, scenario: string | typeof boundAndNotTakenUp, back: Back];
type Back = 'byte for byte' | 'what is kept' | 'refused: there is nothing to take back';

const cases: Readonly<Record<'self-signed' | 'signed', readonly Case[]>> = {
  'self-signed': [
    ['import-into-java-store', 'aw-certificate-not-in-cvp', 'byte for byte'],
    ['rename-key-store-alias', 'alias-with-a-hyphen', 'refused: there is nothing to take back'],
    ['bind-diagnostic-portico-certificate', 'portico-bound-and-not-restarted', 'what is kept'],
  ],
  signed: [
    ['replace-cvp-certificate', 'cvp-as-installed', 'byte for byte'],
    ['complete-key-store-chain', 'previous-issuer-kept-on-cvp', 'byte for byte'],
    ['replace-iis-certificate', 'iis-certificate-expired-on-aw', 'byte for byte'],
    ['replace-iis-certificate', 'ece-without-https', 'byte for byte'],
    ['bind-iis-certificate', boundAndNotTakenUp, 'refused: there is nothing to take back'],
    ['import-into-windows-store', 'root-missing-on-pg', 'byte for byte'],
  ],
};

/** Programs and cmdlets that change a machine. */
const changes =
  /^(keytool -(importcert|delete|genkeypair|certreq|importkeystore|changealias)|certutil -(addstore|delstore)|certreq -(new|accept)|netsh http (add|delete)|diagfwcertmgr \/task:(Unbind|Bind)|service-controller|Copy-Item|Restart-Service|New-SelfSignedCertificate|New-WebBinding)/i;

const rows: string[] = [];

for (const [kind, network] of [
  ['self-signed', '127.154.0.0/16'],
  ['signed', '127.155.0.0/16'],
] as const) {
  describe(`a process that is killed in the ${kind} PCCE`, () => {
    let up: TestLab;
    beforeAll(async () => {
      up = await startTestLab(network, { deployment: 'PCCE', signed: kind === 'signed' });
    }, 120_000);
    afterAll(() => up[Symbol.asyncDispose]());
    afterEach(async () => {
      listenTo(up)(() => undefined);
      await up.lab.reset();
    });

    const inventory = (): Inventory => loadInventory(up.lab.inventoryFile);
    let acceptIrreversible = false;
    const options = (report: (report: Report) => void = () => undefined): ApplyOptions => ({
      acceptIrreversible,
      stateFolder: up.state,
      command: [],
      report,
    });
    const kept = (): unknown => up.lab.machines.map(({ id, holdings }) => [id, holdings]);

    test.each(cases[kind])(
      'in %s goes on from every moment',
      async (fix, scenario, back) => {
        await up.lab.apply(typeof scenario === 'string' ? scenarioOf(scenario) : scenario);
        const run = await trust(inventory(), { command: [], judgeAt: null, deep: false });
        const plan = await makePlan(run, inventory());
        expect(plan.changes.map(({ remediation }) => remediation)).toEqual([fix]);
        acceptIrreversible = !plan.changes.every(({ reversible }) => reversible);
        const before = { all: up.lab.digest, kept: kept() };

        const { moments, lines } = await momentsOf(plan, up, { options, listen: listenTo(up), changes });
        const steps = plan.changes.reduce((sum, change) => sum + change.steps.length, 0);
        expect(moments.length).toBeGreaterThan(steps);

        for (const moment of moments) {
          await goBackTo(moment, up);
          const { outcome } = await resume(plan.id, options());
          expect(outcome, `killed before ${moment.before}`).toEqual({ status: 'verified' });
        }

        if (back === 'refused: there is nothing to take back') {
          await expect(rollBack(plan.id, options())).rejects.toThrow(/has done nothing that can be taken back/);
        } else {
          expect((await rollBack(plan.id, options())).outcome.status).toBe('rolled-back');
          if (back === 'byte for byte') expect(up.lab.digest).toEqual(before.all);
          expect(kept()).toEqual(before.kept);
        }
        rows.push(
          `| [${fix}](catalogue/remediations.md#${fix}) | ${typeof scenario === 'string' ? scenario : scenario.id}, ${kind} | ${String(steps)} | ${String(moments.length)} | verified | ${back} |`,
        );
        standsNowhere(plan, lines, up);
      },
      600_000,
    );
  });
}

test('the table is the one that was reviewed', async () => {
  const table = [
    '# Fixes of Windows machines that were killed',
    '',
    'Each fix was carried out once in the lab. The journal and the machines were kept before every step, and again after every program that changed a',
    'machine. From each of these moments a new process went on with `uccert resume`, and at the end the plan was taken back with `uccert roll-back`.',
    'Of the fix in which a person enters a machine in the Operations Console, `tests/operator-oamp.test.ts` ends the process where it waits.',
    'Written by `tests/windows-killed.test.ts`.',
    '',
    '| fix | scenario, lab | steps | moments | after `resume` | after `roll-back` |',
    '| --- | --- | --: | --: | --- | --- |',
    ...rows,
    '',
  ];
  await expect(table.join('\n')).toMatchFileSnapshot('../docs/killed-windows.md');
});

const windowsOf = (up: TestLab): WindowsMachine[] =>
  up.lab.machines.filter((machine) => machine instanceof WindowsMachine);

/** Hears every command line, those of PowerShell decoded. */
function listenTo(up: TestLab): Listen {
  return (hear) => {
    for (const machine of windowsOf(up)) {
      machine.onCommand = (line) => {
        const encoded = /^powershell .*-EncodedCommand (\S+)$/i.exec(line)?.[1];
        hear(encoded === undefined ? line : Buffer.from(encoded, 'base64').toString('utf16le'), machine.id);
      };
    }
  };
}

/** Passwords of key stores: in no command line, not in the plan, not in what lies in the state folder. */
function standsNowhere(plan: Plan, lines: readonly string[], up: TestLab): void {
  const texts = [...lines, JSON.stringify(plan), ...[...filesLeft(up).values()].map(String)];
  for (const { keyStorePassword } of windowsOf(up))
    expect(texts.filter((text) => text.includes(keyStorePassword))).toEqual([]);
}
