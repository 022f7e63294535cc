import { afterAll, afterEach, beforeAll, expect, test } from 'vitest';
import { thumbprintOf } from '#lab/machines/windows/certificate-store.ts';
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
  return { forward: commandsOf(step.ways.flatMap(({ lines }) => lines)), back: commandsOf(step.back) };
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
  // What lies there is not planned.
  up.lab.windows('aw1').certificateStore.delete('Root', thumbprintOf(up.lab.authority.root.certificate));
  const { forward, back } = stepOf(await planFor('iis-certificate-expired-on-aw'), /into LocalMachine.Root$/);
  const [looks = '', imports = ''] = forward;
  expect(imports).toContain('-addstore');
  await using person = await connectWindows(up.lab, 'aw1');
  expect(await person.run(looks)).toMatchObject({ code: 1, out: expect.stringContaining('NTE_NOT_FOUND') as string });
  up.lab.windows('aw1').certificateStore.put('Root', up.lab.authority.root.certificate);
  expect(await person.run(looks)).toMatchObject({ code: 0, out: expect.stringContaining('CN=Lab Root CA') as string });
  for (const command of back) await person.run(command);
  expect(await person.run(looks)).toMatchObject({ code: 1, out: expect.stringContaining('NTE_NOT_FOUND') as string });
});

test('the answer that was copied onto the machine shows the thumbprint that is bound', async () => {
  const plan = await planFor('iis-certificate-expired-on-aw');
  const { forward } = stepOf(plan, /^aw1: bind the new certificate/);
  const shows = forward.find((command) => command.startsWith('certutil -dump')) ?? '';
  const answer = up.lab.authority.intermediate.certificate;
  up.lab.windows('aw1').files.write('C:\\answer.pem', answer.toString());
  await using person = await connectWindows(up.lab, 'aw1');
  const { out } = await person.run(shows.replace('%TEMP%\\aw1-IIS.pem', 'C:\\answer.pem'));
  expect(out.replaceAll(' ', '').toUpperCase()).toContain(thumbprintOf(answer));
});
