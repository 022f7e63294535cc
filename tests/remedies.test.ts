import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, mkdirSync, readFileSync, rmSync, watch, writeFileSync } from 'node:fs';
import { hostname } from 'node:os';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';
import { Refusal, UsageError } from '#model/errors.ts';
import type { PresentFinding } from '#model/finding.ts';
import { planDigest, type Plan } from '#model/plan.ts';
import { scenarioOf } from '#lab/control-server.ts';
import { closed } from '#lab/machines/tls-port.ts';
import type { Report } from '#workflow/apply-options.ts';
import { apply, dryRun, resume, rollBack } from '#workflow/apply.ts';
import { journalFolder } from '#workflow/begun-plans.ts';
import { makePlan } from '#workflow/plan.ts';
import { savePlan } from '#workflow/plan-store.ts';
import { applyingIn, hours, presentIn } from './support/applying.ts';
import { startTestLab, type TestLab } from './support/lab.ts';

/** Break, find, plan, apply, verify; take back; be killed; find the world changed: each ends as it should. */
let up: TestLab;
const { reports, inventory, look, options, planFor } = applyingIn(() => up);

beforeAll(async () => {
  up = await startTestLab('127.83.0.0/16');
});
afterAll(() => up[Symbol.asyncDispose]());
afterEach(async () => {
  reports.length = 0;
  await up.lab.reset();
});

test('a page that a browser refused is no target: nothing that verifies a plan opens one', async () => {
  await up.lab.apply(scenarioOf('finesse-certificate-expired'));
  const run = await look();
  const machine = up.lab.machine('uccx1').id;
  const page = { scope: 'endpoint', machine, port: 8445, address: null, serverName: null, page: 'Finesse' } as const;
  const refused: PresentFinding = {
    fault: 'browser-refuses',
    subject: page,
    verdict: { status: 'present', severity: 'critical', because: 'refused', evidence: [] },
  };
  const plan = await makePlan({ ...run, findings: [...run.findings, refused] }, inventory());
  expect(plan.changes.flatMap(({ targets }) => targets).map(({ fault }) => fault)).not.toContain('browser-refuses');
  expect(plan.notCovered).toContainEqual(expect.objectContaining({ fault: 'browser-refuses' }));
});

describe('regenerate-self-signed-certificate', () => {
  test('is planned once for all ports, says what cannot be taken back, and clears the fault everywhere', async () => {
    const plan = await planFor('finesse-certificate-expired');
    expect(plan.changes.map(({ remediation, reversible }) => [remediation, reversible])).toEqual([
      ['regenerate-self-signed-certificate', false],
    ]);
    expect(plan.changes[0]?.targets.filter(({ fault }) => fault === 'certificate-expired')).toHaveLength(9);
    expect(plan.notCovered).toEqual([]);
    expect(plan.changes[0]?.irreversible.join('; ')).toMatch(
      /old key pair of uccx1.*old entry.*refuses an expired certificate/,
    );

    const { outcome, run } = await apply(plan, inventory(), options());
    expect(outcome).toEqual({ status: 'verified' });
    expect(presentIn(run)).toEqual([]);
    expect(run.remediations.map(({ plan: done }) => done.id)).toEqual([plan.id]);
  });

  test('does nothing without consent to what cannot be taken back', async () => {
    const plan = await planFor('finesse-certificate-expired');
    const before = up.lab.digest;
    await expect(apply(plan, inventory(), options({ acceptIrreversible: false }))).rejects.toThrow(Refusal);
    expect(up.lab.digest).toEqual(before);
  });

  test('a plan that was edited is refused, whatever it says of itself', async () => {
    const plan = await planFor('finesse-certificate-expired');
    const before = up.lab.digest;
    const edited = structuredClone(plan);
    for (const change of edited.changes) Object.assign(change, { reversible: true, irreversible: [] });
    await expect(apply(edited, inventory(), options({ acceptIrreversible: false }))).rejects.toThrow(
      /not as uccert made it/,
    );
    const resigned = { ...edited, digest: planDigest(edited) };
    await expect(apply(resigned, inventory(), options({ acceptIrreversible: false }))).rejects.toThrow(
      /cannot be taken back whole/,
    );
    expect(up.lab.digest).toEqual(before);
  });

  test('is not taken back by mistake once the old key is gone', async () => {
    const plan = await planFor('finesse-certificate-expired');
    expect((await apply(plan, inventory(), options())).outcome.status).toBe('verified');
    const after = up.lab.digest;
    // Not even with consent: the hand-outs stay with the certificate that stays.
    for (const acceptIrreversible of [false, true])
      await expect(rollBack(plan.id, options({ acceptIrreversible }))).rejects.toThrow(
        /has done nothing that can be taken back: uccx1: regenerate/,
      );
    expect(up.lab.digest).toEqual(after);
  });

  test('stops between two steps when asked to, and is gone on with', async () => {
    const plan = await planFor('finesse-certificate-expired');
    const isStopped = (): boolean => reports.filter(({ event }) => event === 'step').length >= 3;
    await expect(apply(plan, inventory(), options({ isStopped }))).rejects.toThrow(
      /Stopped after step 3 of 20[\s\S]*uccert resume/,
    );
    expect((await resume(plan.id, options())).outcome).toEqual({ status: 'verified' });
  });

  test('goes on after a journal whose last line was torn', async () => {
    const plan = await planFor('ccp-certificate-not-imported');
    await killedAt(plan, 1);
    const journal = join(journalFolder(up.state), `${plan.id}.jsonl`);
    writeFileSync(journal, readFileSync(journal, 'utf8').slice(0, -20));
    expect((await resume(plan.id, options())).outcome).toEqual({ status: 'verified' });
    expect(
      readFileSync(journal, 'utf8')
        .trim()
        .split('\n')
        .map((line) => (JSON.parse(line) as { event: string }).event),
    ).toContain('ended');
  });

  test('a dry run reads everything and changes nothing', async () => {
    const plan = await planFor('finesse-certificate-expired');
    const before = up.lab.digest;
    await dryRun(plan, inventory(), options());
    expect(reports.filter(({ event }) => event === 'would-do')).toHaveLength(plan.changes[0]?.steps.length ?? 0);
    expect(up.lab.digest).toEqual(before);
  });

  test('strands with the next command when a hand-out fails: the old key is gone, and what trusts the new one stays', async () => {
    const plan = await planFor('finesse-certificate-expired');
    const [change] = plan.changes;
    const at = change?.steps.findLastIndex((step) => step.do === 'write-file') ?? -1;
    const step = change?.steps[at];
    if (change === undefined || step?.do !== 'write-file') throw new Error('the plan writes no file');
    const folder = join(up.state, 'list');
    mkdirSync(folder);
    writeFileSync(join(folder, 'accepted.pem'), '');
    change.steps[at] = { ...step, path: join(folder, 'accepted.pem') };
    const report = (said: Report): void => {
      if (said.event === 'step' && said.title.includes(folder)) rmSync(folder, { recursive: true });
    };
    const { outcome, run } = await apply({ ...plan, digest: planDigest(plan) }, inventory(), options({ report }));
    if (outcome.status !== 'stranded') throw new Error(`ended ${outcome.status}`);
    expect(outcome.left.join('\n')).toMatch(/uccx1: regenerate .*\(cannot be taken back\)/);
    expect(outcome.left.join('\n')).toMatch(/uccx2: import the certificate of uccx1 .*\(stays with what cannot be/);
    expect(outcome.next).toMatch(/uccert plan/);
    const trust = run.findings.filter(
      ({ fault, subject }) =>
        fault === 'peer-not-trusted' && subject.scope === 'trust-relation' && subject.presenter === 'uccx1',
    );
    expect(new Set(trust.map(({ verdict }) => verdict.status))).toEqual(new Set(['absent']));
  });

  test('what cannot be looked at in the end is no reason to take anything back', async () => {
    const plan = await planFor('finesse-certificate-expired');
    const report = (said: Report): void => {
      reports.push(said);
      if (said.event === 'verifying') void up.lab.vos('uccx1').port(8444).present(closed);
    };
    await expect(apply(plan, inventory(), options({ report }))).rejects.toThrow(
      /could not be seen: certificate-expired at uccx1:8444 could not be judged[\s\S]*uccert resume/,
    );
    expect(reports.filter(({ event }) => event === 'undoing' || event === 'again')).toEqual([]);
    await up.lab.vos('uccx1').startAll();
    expect((await resume(plan.id, options())).outcome).toEqual({ status: 'verified' });
  });

  test('that leaves the fault in place is not verified, and is rolled back', async () => {
    const plan = await planFor('finesse-certificate-expired');
    const before = up.lab.digest;
    // Everything is carried out well; only the step that would have cleared the fault is not there.
    const changes = plan.changes.map((change) => ({
      ...change,
      steps: change.steps.filter((step) => step.do === 'restart-service' && step.on === 'uccx1').slice(0, 1),
    }));
    const idle = { ...plan, changes };
    const { outcome, run } = await apply({ ...idle, digest: planDigest(idle) }, inventory(), options());
    if (outcome.status !== 'rolled-back') throw new Error(`ended ${outcome.status}`);
    expect(outcome.because).toMatch(/^verification failed: certificate-expired at uccx1:443 [\d ]+ is present/);
    expect(presentIn(run)).toContain('certificate-expired');
    expect(up.lab.digest).toEqual(before);
  });

  test('refuses a machine that is meant to be CA-signed', async () => {
    await up.lab.apply(scenarioOf('finesse-certificate-expired'));
    const text = readFileSync(up.lab.inventoryFile, 'utf8').replace(
      'certificates: self-signed',
      'certificates: ca-signed',
    );
    writeFileSync(up.lab.inventoryFile, text);
    await expect(makePlan(await look(), inventory())).rejects.toThrow(
      /no certification authority answers the requests of uccx1/,
    );
  });
});

describe('import-into-tomcat-trust', () => {
  test('clears the fault, and rolls back to the very bytes that were there', async () => {
    const plan = await planFor('ccp-certificate-not-imported');
    expect(plan.changes.map(({ reversible }) => reversible)).toEqual([true]);
    const before = up.lab.digest;

    const applied = await apply(plan, inventory(), options());
    expect(applied.outcome).toEqual({ status: 'verified' });
    expect(presentIn(applied.run)).toEqual([]);
    expect(up.lab.digest).not.toEqual(before);

    const back = await rollBack(plan.id, options());
    expect(back.outcome).toEqual({ status: 'rolled-back', because: 'the operator asked for it' });
    expect(up.lab.digest).toEqual(before);
    expect(presentIn(back.run)).toContain('peer-certificate-outdated-in-store');
  });

  test('is not taken back with both sides away: what is put back is taken up when the other side answers', async () => {
    const plan = await planFor('ccp-certificate-not-imported');
    const before = up.lab.digest;
    expect((await apply(plan, inventory(), options())).outcome).toEqual({ status: 'verified' });
    const report = (said: Report): void => {
      reports.push(said);
      if (said.event === 'undoing') void up.lab.vos('uccx2').port(8445).present(closed);
    };
    reports.length = 0;
    await expect(rollBack(plan.id, options({ report }))).rejects.toThrow(
      /uccx2, the other side of uccx1, does not answer on port 8445[\s\S]*uccert resume/,
    );
    expect(reports.filter(({ event }) => event === 'again')).toEqual([]);
    await up.lab.vos('uccx2').startAll();
    expect((await resume(plan.id, options())).outcome.status).toBe('rolled-back');
    expect(reports.filter(({ event }) => event === 'again')).not.toEqual([]);
    expect(up.lab.digest).toEqual(before);
  });

  test('refuses a plan when the machine was changed underneath, and names what moved', async () => {
    const plan = await planFor('ccp-certificate-not-imported');
    await up.lab.install('ccp1', {}, 'clients');
    const before = up.lab.digest;
    await expect(apply(plan, inventory(), options())).rejects.toThrow(
      /stale[^]*ccp1 holds as tomcat: then ccp1\.\S+ \([0-9a-f]{16}\), now ccp1\.\S+ \([0-9a-f]{16}\)\n[^]*ccp1 presents at 443 7443: then/,
    );
    expect(up.lab.digest).toEqual(before);
  });

  test('refuses a second apply of one plan, and a machine that another process holds', async () => {
    const plan = await planFor('ccp-certificate-not-imported');
    const lock = join(up.state, 'locks', 'uccx1.json');
    mkdirSync(join(up.state, 'locks'), { recursive: true });
    const holder = { owner: hostname(), pid: process.ppid, plan: 'another', since: new Date().toISOString() };
    const others = join(up.state, 'locks', 'other.json');
    for (const file of [lock, others]) writeFileSync(file, JSON.stringify(holder));
    await expect(apply(plan, inventory(), options())).rejects.toThrow(
      new RegExp(`uccx1 is locked by process[^]*remove its locks: ${others} ${lock}$`),
    );
    // A process that has ended holds nothing.
    writeFileSync(lock, JSON.stringify({ ...holder, pid: 2 ** 22 + 1 }));
    expect((await apply(plan, inventory(), options())).outcome.status).toBe('verified');
    await expect(apply(plan, inventory(), options())).rejects.toThrow(/begun before/);
    await expect(resume(plan.id, options())).rejects.toThrow(UsageError);
  });

  test('changes nothing outside the maintenance window', async () => {
    const plan = await planFor('ccp-certificate-not-imported');
    const closed = { ...inventory(), window: hours(2, 3) };
    const before = up.lab.digest;
    await dryRun(plan, closed, options());
    const refused = expect.stringMatching(/^It is outside the maintenance window/) as string;
    expect(reports).toContainEqual({ event: 'would-refuse', words: refused });
    const given = ['--approve', '--step', '--inventory site.yaml'];
    await expect(apply(plan, closed, options({ given }))).rejects.toThrow(
      new RegExp(
        `outside the maintenance window: .*, opens next at \\d{4}-\\d\\d-\\d\\d \\d\\d:00\\.\\n.*\\nInside the window: uccert apply ${plan.id} --accept-irreversible --approve --step --inventory site\\.yaml    Or change window in`,
      ),
    );
    expect(reports.filter(({ event }) => event === 'step')).toEqual([]);
    expect(up.lab.digest).toEqual(before);

    reports.length = 0;
    await dryRun(plan, inventory(), options());
    expect(reports.filter(({ event }) => event === 'would-refuse')).toEqual([]);
    expect((await apply(plan, inventory(), options())).outcome.status).toBe('verified');
    const { from, to } = hours(2, 3);
    const text = readFileSync(up.lab.inventoryFile, 'utf8');
    writeFileSync(up.lab.inventoryFile, `${text}\nwindow: { from: "${from}", to: "${to}", timeZone: UTC }\n`);
    await expect(rollBack(plan.id, options({ given }))).rejects.toThrow(
      new RegExp(`outside the maintenance window[^]*uccert roll-back ${plan.id} --accept-irreversible --approve    Or`),
    );
    writeFileSync(up.lab.inventoryFile, text);
    expect((await rollBack(plan.id, options())).outcome.status).toBe('rolled-back');
    expect(up.lab.digest).toEqual(before);
  });

  test('plans for the peers that it can, and leaves the others, each with its own reason', async () => {
    for (const id of ['ccp-certificate-not-imported', 'script-target-not-trusted']) await up.lab.apply(scenarioOf(id));
    const plan = await makePlan(await look(), inventory());
    expect(plan.changes.map(({ title }) => title)).toEqual(['Have uccx1 trust ccp1']);
    const left = plan.notCovered.map(({ subject, because }) => [
      subject.scope === 'trust-relation' ? `${subject.relyingParty} < ${subject.presenter}` : '',
      because,
    ]);
    const unknown = expect.stringMatching(/^the chain above the certificate of crm1 is not known/) as unknown;
    expect(left).toEqual([
      ['uccx1 < crm1', unknown],
      ['uccx2 < crm1', unknown],
    ]);
    const { outcome } = await apply(plan, inventory(), options());
    expect(outcome).toEqual({ status: 'verified' });
  });

  test('takes nothing from the wire: without the store of the presenter there is no plan', async () => {
    await up.lab.apply(scenarioOf('ccp-certificate-not-imported'));
    const known = inventory();
    const access = new Map(known.access);
    const id = known.snapshot.machines.find(({ type }) => type === 'CCP')?.id;
    if (id === undefined) throw new Error('the lab has no CCP');
    const own = access.get(id);
    if (own !== undefined) access.set(id, { ...own, read: null, web: null });
    await expect(makePlan(await look(), { ...known, access })).rejects.toThrow(
      /could not be read over its command line/,
    );
  });
});

test('restart-services-with-old-certificate restarts only what lags behind, and clears the fault', async () => {
  const plan = await planFor('live-data-not-restarted');
  expect(
    plan.changes.flatMap(({ steps }) => steps.map((step) => ('service' in step ? step.service : step.do))),
  ).toEqual(['Cisco Unified CCX Socket.IO Service', 'wait-for']);
  const { outcome, run } = await apply(plan, inventory(), options());
  expect(outcome).toEqual({ status: 'verified' });
  expect(presentIn(run)).toEqual([]);
});

describe('a process that is killed half-way', () => {
  // The kinds of step that change something, each killed once after its beginning was written down.
  test.each(['regenerate-certificate', 'restart-service', 'import-certificate', 'write-file'])(
    'in %s is gone on with by resume, and the world is verified',
    async (kind) => {
      const plan = await planFor('finesse-certificate-expired');
      const step = plan.changes[0]?.steps.findIndex((candidate) => candidate.do === kind) ?? -1;
      expect(step).toBeGreaterThanOrEqual(0);
      await killedAt(plan, step);
      const { outcome, run } = await resume(plan.id, options());
      expect(outcome).toEqual({ status: 'verified' });
      expect(presentIn(run)).toEqual([]);
    },
  );

  test('is taken back by roll-back as far as it can be', async () => {
    const plan = await planFor('ccp-certificate-not-imported');
    const before = up.lab.digest;
    await killedAt(plan, 1);
    expect((await rollBack(plan.id, options())).outcome.status).toBe('rolled-back');
    expect(up.lab.digest).toEqual(before);
  });
});

/** Applies the plan in a process of its own and kills it as soon as its journal says that the step was begun. */
async function killedAt(plan: Plan, step: number): Promise<void> {
  savePlan(plan, join(up.state, 'plans'), undefined);
  const journal = join(journalFolder(up.state), `${plan.id}.jsonl`);
  mkdirSync(journalFolder(up.state), { recursive: true });
  const child = spawn(
    process.execPath,
    [
      'cli/main.ts',
      'apply',
      plan.id,
      '--approve',
      '--accept-irreversible',
      '--quiet',
      '--inventory',
      up.lab.inventoryFile,
    ],
    { env: { ...process.env, UCCERT_STATE: up.state }, stdio: ['ignore', 'ignore', 'inherit'] },
  );
  const ended = once(child, 'exit');
  const isBegun = (): boolean =>
    existsSync(journal) &&
    readFileSync(journal, 'utf8')
      .split('\n')
      .some((line) => line.includes('"event":"step-begun"') && line.includes(`"step":${String(step)},`));
  const watcher = watch(journalFolder(up.state), () => {
    if (isBegun()) child.kill('SIGKILL');
  });
  const [, signal] = (await ended) as [number | null, string | null];
  watcher.close();
  expect(signal).toBe('SIGKILL');
}
