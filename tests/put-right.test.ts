import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { UsageError } from '#model/errors.ts';
import { isPresent } from '#model/verdict.ts';
import type { Plan } from '#model/plan.ts';
import type { Run } from '#model/run.ts';
import { loadInventory, type Inventory } from '#inventory/load.ts';
import type { LabDeployment } from '#lab/deployments.ts';
import { scenarios } from '#lab/scenarios/index.ts';
import { apply } from '#workflow/apply.ts';
import { makePlan } from '#workflow/plan.ts';
import { trust } from '#workflow/trust.ts';
import { startTestLab, type TestLab } from './support/lab.ts';

/** Every scenario: what clears it, carried out and verified; or why nothing is planned. */
const rows: string[] = [];

const labs = [
  { deployment: 'UCCX', kind: 'self-signed', network: '127.148.0.0/16' },
  { deployment: 'UCCX', kind: 'signed', network: '127.149.0.0/16' },
] as const satisfies readonly { deployment: LabDeployment; kind: string; network: string }[];

for (const { deployment, kind, network } of labs) {
  describe(`the ${kind} ${deployment} lab`, () => {
    let up: TestLab;
    beforeAll(async () => {
      up = await startTestLab(network, { deployment, signed: kind === 'signed' });
    });
    afterAll(() => up[Symbol.asyncDispose]());

    const inventory = (): Inventory => loadInventory(up.lab.inventoryFile);
    const look = (): Promise<Run> => trust(inventory(), { command: [], judgeAt: null, deep: true });

    test.each(
      scenarios.flatMap((scenario) => {
        const isHere = (scenario.deployment ?? 'UCCX') === deployment;
        // What is seen in files or in lists of authorities, `uccert trust` does not find.
        if (scenario.look !== undefined) return [];
        return isHere && (scenario.needs === 'any' || scenario.needs === kind)
          ? [[scenario.id, scenario] as const]
          : [];
      }),
    )('%s is put right, or it is said why not', async (id, scenario) => {
      await up.lab.apply(scenario);
      try {
        const run = await look();
        const found = run.findings.filter(isPresent).length;
        const plan = await planned(run, inventory());
        if ('declined' in plan) {
          rows.push(`| ${id} | ${kind} | ${String(found)} | none | ${plan.declined} |`);
          return;
        }
        // In a few nobody can sign in, so nobody can be asked who is.
        const consent = { acceptIrreversible: true, disturbAgents: true };
        const options = { ...consent, stateFolder: up.state, command: [], report: () => undefined };
        const { outcome } = await apply(plan, inventory(), options);
        expect(outcome).toEqual({ status: 'verified' });
        const left = (await look()).findings.filter(isPresent).map(({ fault }) => fault);
        // What the plan said it does not cover may be there still, and nothing else.
        const notCovered = new Set(plan.notCovered.map(({ fault }) => fault));
        expect(left.filter((fault) => !notCovered.has(fault))).toEqual([]);
        const fixes = plan.changes.map(
          ({ remediation }) => `[${remediation}](catalogue/remediations.md#${remediation})`,
        );
        const outlook = left.length === 0 ? 'healthy' : `left, as was said: ${[...new Set(left)].join(', ')}`;
        rows.push(`| ${id} | ${kind} | ${String(found)} | ${[...new Set(fixes)].join(', ')} | ${outlook} |`);
      } finally {
        await up.lab.reset();
      }
    });
  });
}

test('the table is the one that was reviewed', async () => {
  const table = [
    '# Scenarios put right',
    '',
    'Every scenario of the UCCX lab that ports, stores and names show was found by `uccert trust --deep`, planned by `uccert plan`, carried out by `uccert apply`, verified by the detectors',
    'that found it, and looked at once more. Where nothing is planned, the reason is what `uccert plan` says, beside what to do by hand; in which documents a way was looked for stands',
    'under [left to people](catalogue/remediations.md#left-to-people). Written by `tests/put-right.test.ts`.',
    '',
    '| scenario | lab | findings | fixes | afterwards |',
    '| --- | --- | --: | --- | --- |',
    ...rows,
    '',
  ];
  await expect(table.join('\n')).toMatchFileSnapshot('../docs/put-right.md');
});

/** The plan, or why there is none. */
async function planned(run: Run, inventory: Inventory): Promise<Plan | { readonly declined: string }> {
  try {
    return await makePlan(run, inventory);
  } catch (error) {
    if (!(error instanceof UsageError)) throw error;
    const reasons = error.message.split('\n').filter((line) => /^ {2}\S/.test(line));
    return { declined: reasons.map((line) => line.trim()).join('; ') };
  }
}
