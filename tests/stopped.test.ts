import { spawn } from 'node:child_process';
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';
import { planDigest } from '#model/plan.ts';
import { scenarioOf } from '#lab/control-server.ts';
import { closed } from '#lab/machines/tls-port.ts';
import type { Report } from '#workflow/apply-options.ts';
import { apply, dryRun, resume } from '#workflow/apply.ts';
import { makePlan } from '#workflow/plan.ts';
import { machinesOf } from '#workflow/rests-on.ts';
import { savePlan } from '#workflow/plan-store.ts';
import { applyingIn } from './support/applying.ts';
import { startTestLab, type TestLab } from './support/lab.ts';

/** What stops a plan before people are hurt, and what becomes of one that meets with trouble on its way. */
let up: TestLab;
const { reports, inventory, look, options, planFor } = applyingIn(() => up);

beforeAll(async () => {
  up = await startTestLab('127.147.0.0/16');
});
afterAll(() => up[Symbol.asyncDispose]());
afterEach(async () => {
  reports.length = 0;
  await up.lab.reset();
});

const steps = (): number => reports.filter(({ event }) => event === 'step').length;

/** An agent of the lab who signs in, by id. */
function signedIn(): string {
  const { centre } = up.lab;
  const agent = centre.agents.find(({ extension }) => extension !== undefined);
  if (agent?.extension === undefined) throw new Error('the lab has no agent');
  centre.signIn(agent, agent.extension, '');
  return agent.id;
}

describe('before a restart', () => {
  test('who is signed in at the desktop keeps it, until they leave or the operator says so', async () => {
    const plan = await planFor('notification-service-not-restarted');
    const agent = signedIn();
    const before = up.lab.digest;
    await expect(apply(plan, inventory(), options())).rejects.toThrow(
      new RegExp(`1 person is signed in at the desktop of uccx\\d: ${agent}\\.[\\s\\S]*--disturb-agents`),
    );
    expect(steps()).toBe(0);
    expect(up.lab.digest).toEqual(before);
    expect((await apply(plan, inventory(), options({ disturbAgents: true }))).outcome).toEqual({ status: 'verified' });
  });

  test('who is signed in is asked for before the first step, whatever comes before the restart', async () => {
    const plan = await planFor('ccp-certificate-not-imported');
    expect(plan.changes[0]?.steps[0]?.do).toBe('import-certificate');
    const agent = signedIn();
    const before = up.lab.digest;
    await dryRun(plan, inventory(), options());
    expect(reports).toContainEqual({ event: 'would-refuse', words: expect.stringContaining(agent) as string });
    await expect(apply(plan, inventory(), options())).rejects.toThrow(
      new RegExp(
        `is signed in at the desktop of uccx1: ${agent}\\.[\\s\\S]*uccert apply ${plan.id} --accept-irreversible --disturb-agents`,
      ),
    );
    expect(steps()).toBe(0);
    expect(up.lab.digest).toEqual(before);
  });

  test('who signs in meanwhile keeps the desktop, too', async () => {
    const plan = await planFor('ccp-certificate-not-imported');
    const report = (said: Report): void => {
      reports.push(said);
      if (said.event === 'step' && said.number === 1) signedIn();
    };
    await expect(apply(plan, inventory(), options({ report }))).rejects.toThrow(
      new RegExp(`signed in at the desktop of uccx1[\\s\\S]*uccert resume ${plan.id} --disturb-agents`),
    );
    expect(steps()).toBe(1);
    await expect(resume(plan.id, options())).rejects.toThrow(/signed in at the desktop/);
    expect((await resume(plan.id, options({ disturbAgents: true }))).outcome).toEqual({ status: 'verified' });
  });

  test('who could be asked at the beginning and cannot in between has answered: nobody was signed in', async () => {
    const plan = await planFor('ccp-certificate-not-imported');
    const report = (said: Report): void => {
      reports.push(said);
      if (said.event === 'step' && said.number === 1)
        writeFileSync(join(up.lab.folder, 'people-password'), 'no longer this one');
    };
    try {
      expect((await apply(plan, inventory(), options({ report }))).outcome).toEqual({ status: 'verified' });
    } finally {
      writeFileSync(join(up.lab.folder, 'people-password'), `${up.lab.centre.password}\n`);
    }
    expect(reports).toContainEqual({
      event: 'awaits',
      words: expect.stringMatching(
        /^Whether agents are signed in on uccx1 cannot be asked now: .*\. At \d{4}-\S+Z nobody was\.$/,
      ) as string,
    });
  });

  test('no password goes to a desktop whose certificate has ended: the other side tells who is signed in', async () => {
    const plan = await planFor('finesse-certificate-expired');
    const agent = signedIn();
    await expect(apply(plan, inventory(), options())).rejects.toThrow(
      new RegExp(`signed in at the desktop of uccx1: ${agent}\\.`),
    );
    expect(steps()).toBe(0);
    const { centre } = up.lab;
    for (const each of centre.agents.filter(({ id }) => id === agent)) centre.askFor(each, 'LOGOUT', null, '');
    expect((await apply(plan, inventory(), options())).outcome).toEqual({ status: 'verified' });
  });

  test('where neither side can be asked, the operator has to say so', async () => {
    const plan = await planFor('finesse-certificate-expired');
    const report = (said: Report): void => {
      reports.push(said);
      if (said.event === 'checked') void up.lab.vos('uccx2').port(8445).present({ as: 'http' });
    };
    await expect(apply(plan, inventory(), options({ report }))).rejects.toThrow(
      /signed in at the desktop of uccx1 could not be asked: .*CERT_HAS_EXPIRED[\s\S]*--disturb-agents/,
    );
    expect(steps()).toBe(0);
    await up.lab.vos('uccx2').startAll();
    const consented = options({ disturbAgents: true });
    expect((await apply(plan, inventory(), consented)).outcome).toEqual({ status: 'verified' });
  });

  test('without an account that may ask, it is said that nobody was asked, and the consent stands', async () => {
    const plan = await planFor('notification-service-not-restarted');
    const nobody = { ...inventory(), people: [] };
    expect((await apply(plan, nobody, options())).outcome).toEqual({ status: 'verified' });
    expect(reports).toContainEqual({
      event: 'awaits',
      words: expect.stringMatching(
        /^Whether agents are signed in on uccx\d was not asked: the inventory names no/,
      ) as string,
    });
  });

  test('an account that may not ask is tried once, and nothing is restarted unasked', async () => {
    const plan = await planFor('notification-service-not-restarted');
    const { people, ...rest } = inventory();
    writeFileSync(join(up.lab.folder, 'wrong'), 'wrong\n', { mode: 0o600 });
    const wrong = {
      ...rest,
      people: people.map((each) => ({ ...each, password: 'file:wrong' })),
    };
    await expect(apply(plan, wrong, options())).rejects.toThrow(
      /Whether agents are signed in at the desktop of uccx\d could not be asked: .*refused[\s\S]*--disturb-agents/,
    );
    expect(steps()).toBe(0);
  });

  test('a desktop that hangs up was not asked, and nothing is restarted', async () => {
    const plan = await planFor('notification-service-not-restarted');
    const report = (said: Report): void => {
      reports.push(said);
      if (said.event !== 'checked') return;
      for (const id of ['uccx1', 'uccx2']) void up.lab.vos(id).port(8445).present({ as: 'http' });
    };
    await expect(apply(plan, inventory(), options({ report, withoutOtherSide: true }))).rejects.toThrow(
      /Whether agents are signed in at the desktop of uccx\d could not be asked[\s\S]*--disturb-agents/,
    );
    expect(steps()).toBe(0);
  });

  test('the other side of the pair must answer', async () => {
    const plan = await planFor('finesse-certificate-expired');
    let isDown = false;
    const report = (said: Report): void => {
      reports.push(said);
      if (said.event !== 'step' || isDown) return;
      isDown = true;
      void up.lab.vos('uccx2').port(8445).present(closed);
    };
    await expect(apply(plan, inventory(), options({ report }))).rejects.toThrow(
      /uccx2, the other side of uccx1, does not answer on port 8445[\s\S]*uccert resume/,
    );
    await up.lab.vos('uccx2').startAll();
    expect((await resume(plan.id, options())).outcome).toEqual({ status: 'verified' });
  });

  test('the other side must answer before the first step, though it did not when the plan was made, or nobody needs it', async () => {
    await up.lab.vos('uccx2').port(8445).present(closed);
    const plan = await planFor('ccp-certificate-not-imported');
    expect(machinesOf(plan)).not.toContain('uccx2');
    await expect(apply(plan, inventory(), options())).rejects.toThrow(
      /uccx2, the other side of uccx1, does not answer on port 8445, where uccx1 does\.[\s\S]*uccert apply \S+ --accept-irreversible --without-other-side/,
    );
    expect(steps()).toBe(0);
    const { outcome } = await apply(plan, inventory(), options({ withoutOtherSide: true }));
    expect(outcome).toEqual({ status: 'verified' });
  });
});

describe('trouble on the way', () => {
  test('a password for changing that is wrong is found when the plan is made, by one try', async () => {
    await up.lab.apply(scenarioOf('ccp-certificate-not-imported'));
    writeFileSync(join(up.lab.folder, 'wrong'), 'wrong\n', { mode: 0o600 });
    const text = readFileSync(up.lab.inventoryFile, 'utf8');
    writeFileSync(up.lab.inventoryFile, text.replace(/change: \S+/, 'change: file:wrong'));
    const plan = await makePlan(await look(), inventory());
    expect(plan.unreached).toEqual([
      {
        what: 'the command line of uccx1, with the credential for changing',
        because: expect.stringMatching(/refused/) as string,
      },
    ]);
    const before = up.lab.digest;
    await expect(apply(plan, inventory(), options())).rejects.toThrow(/What the plan needs cannot be reached/);
    expect(up.lab.digest).toEqual(before);
  });

  test('a service that says started and is not: the wait ends, and what can be taken back is', async () => {
    const plan = await planFor('ccp-certificate-not-imported');
    const [change] = plan.changes;
    if (change === undefined) throw new Error('there is no change');
    change.steps = change.steps.map((step) => (step.do === 'wait-for' ? { ...step, atMost: 1 } : step));
    const machine = up.lab.vos('uccx1');
    machine.onCommand = (line) => {
      if (line.startsWith('utils service restart')) void machine.port(443).present(closed);
    };
    const { outcome } = await apply({ ...plan, digest: planDigest(plan) }, inventory(), options());
    machine.onCommand = () => undefined;
    if (outcome.status === 'verified') throw new Error('it was verified');
    expect(outcome.because).toMatch(/s after the restart nothing is presented at port 443 of uccx1/);
    expect(outcome).toMatchObject({ status: 'stranded', next: expect.stringMatching(/uccert plan/) as string });
  });

  test('a command line that goes away: what cannot be taken back is named, with the next command', async () => {
    const plan = await planFor('ccp-certificate-not-imported');
    const machine = up.lab.vos('uccx1');
    machine.onCommand = (line) => {
      if (line.startsWith('set cert import')) void machine.onPower('off');
    };
    const { outcome } = await apply(plan, inventory(), options());
    machine.onCommand = () => undefined;
    await machine.onPower('on');
    if (outcome.status !== 'stranded') throw new Error(`ended ${outcome.status}`);
    expect(outcome.left.join('\n')).toMatch(/uccx1: import the certificate of ccp1 .*taking it back failed/);
  });

  test('a full disk stops it before the next step, and it is gone on with when there is room', async () => {
    const plan = await planFor('finesse-certificate-expired');
    const file = savePlan(plan, join(up.state, 'plans'), undefined);
    // The journal with the plan in it fits; some steps later it does not.
    const blocks = Math.ceil(JSON.stringify(plan).length / 1024) + 6;
    const command = `ulimit -f ${String(blocks)}; exec ${process.execPath} tests/support/apply-plan.ts ${file} ${up.lab.inventoryFile} ${up.state}`;
    const { status, stderr } = await run(command);
    expect(stderr).toMatch(
      /The journal .* cannot be written: the file would be larger than allowed \(EFBIG\)[\s\S]*Make room, then: uccert resume/,
    );
    expect(status).toBe(4);
    expect((await resume(plan.id, options())).outcome).toEqual({ status: 'verified' });
  });
});

/** The lab answers in this process, so the other one is not waited for in one piece. */
async function run(command: string): Promise<{ status: number | null; stderr: string }> {
  const child = spawn('bash', ['-c', command], { env: { ...process.env, UCCERT_STATE: up.state } });
  let stderr = '';
  child.stderr.on('data', (part: Buffer) => (stderr += part.toString('utf8')));
  const status = await new Promise<number | null>((resolve) => child.on('close', resolve));
  return { status, stderr };
}
