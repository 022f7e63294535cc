import { afterAll, afterEach, beforeAll, expect, test } from 'vitest';
import type { Plan } from '#model/plan.ts';
import type { RunbookLine, RunbookStep } from '#model/runbook.ts';
import { makeRunbook } from '#workflow/runbook.ts';
import { applyingIn } from './support/applying.ts';
import { startTestLab, type TestLab } from './support/lab.ts';
import { connectWindows } from './support/windows-session.ts';

/** Runbooks that are followed: their commands typed on the machines that they name. */
let up: TestLab;
const { inventory, planFor } = applyingIn(() => up);

beforeAll(async () => {
  up = await startTestLab('127.193.0.0/16', { deployment: 'PCCE', signed: true });
}, 120_000);
afterAll(() => up[Symbol.asyncDispose]());
afterEach(() => up.lab.reset());

const commandsOf = (lines: readonly RunbookLine[]): string[] =>
  lines.flatMap(({ kind, text }) => (kind === 'command' ? [text] : []));

function stepOf(plan: Plan, title: RegExp): { readonly forward: string[]; readonly back: string[] } {
  const steps: RunbookStep[] = makeRunbook(plan, inventory()).changes.flatMap((change) => change.steps);
  const step = steps.find((each) => title.test(each.title));
  if (step === undefined) throw new Error(`no step ${title.source}`);
  return { forward: commandsOf(step.ways[0]?.lines ?? []), back: commandsOf(step.back) };
}

test('begun a second time it keeps the key store of before, and the way back brings it back', async () => {
  const { forward, back } = stepOf(await planFor('cvp-as-installed'), /beside it$/);
  const cvp = up.lab.windows('cvp2');
  const path = 'C:\\Cisco\\CVP\\conf\\security\\.keystore';
  const before = cvp.files.read(path);
  await using person = await connectWindows(up.lab, 'cvp2');

  expect((await person.run(forward[0] ?? '')).out).toContain('1 file(s) copied.');
  await person.run(`echo half changed> "${path}"`);
  for (const command of forward) expect((await person.run(command)).out).not.toContain('copied');
  expect(cvp.files.read(path).equals(before)).toBe(false);
  for (const command of back) expect((await person.run(command)).out).toContain('1 file(s) copied.');
  expect(cvp.files.read(path).equals(before)).toBe(true);
});

test('before an import it shows whether the certificate is there', async () => {
  const { forward, back } = stepOf(await planFor('iis-certificate-expired-on-aw'), /into LocalMachine.Root$/);
  const [looks = '', imports = ''] = forward;
  expect(imports).toContain('-addstore');
  await using person = await connectWindows(up.lab, 'aw1');
  // The dry run finds it done, and who follows the runbook sees it.
  expect(await person.run(looks)).toMatchObject({ code: 0, out: expect.stringContaining('CN=Lab Root CA') as string });
  for (const command of back) await person.run(command);
  expect(await person.run(looks)).toMatchObject({ code: 1, out: expect.stringContaining('NTE_NOT_FOUND') as string });
});
