import { X509Certificate } from 'node:crypto';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';
import type { Plan } from '#model/plan.ts';
import { machineOfStep } from '#model/step.ts';
import { stepTitle } from '#model/step-title.ts';
import { scenarioOf } from '#lab/control-server.ts';
import type { ApplyOptions, Report } from '#workflow/apply-options.ts';
import { apply, resume, rollBack, stillToCome } from '#workflow/apply.ts';
import { journalFile, journalFolder, planFolder } from '#workflow/begun-plans.ts';
import { closePlan, doneSteps } from '#workflow/close-plan.ts';
import { Journal } from '#workflow/journal.ts';
import { keptPlans } from '#workflow/kept-plans.ts';
import { begunOn } from '#workflow/other-plans.ts';
import { machinesOf } from '#workflow/rests-on.ts';
import { makePlan } from '#workflow/plan.ts';
import { certificate } from './support/certificates.ts';
import { savePlan } from '#workflow/plan-store.ts';
import { placedSteps } from '#workflow/way-back.ts';
import { saveRun } from '#workflow/save-run.ts';
import { applyingIn } from './support/applying.ts';
import { startTestLab, type TestLab } from './support/lab.ts';

/** The world moves while a plan is half done, or after it ended: it is neither gone on with nor taken back blindly. */
let up: TestLab;
const { reports, inventory, look, options, planFor } = applyingIn(() => up);

beforeAll(async () => {
  up = await startTestLab('127.194.0.0/16');
});
afterAll(() => up[Symbol.asyncDispose]());
afterEach(async () => {
  reports.length = 0;
  await up.lab.reset();
});

/** Stops it after so many steps, as a kill would. */
async function stoppedAfter(plan: Plan, steps: number): Promise<void> {
  const isStopped = (): boolean => reports.filter(({ event }) => event === 'step').length >= steps;
  await expect(apply(plan, inventory(), options({ isStopped }))).rejects.toThrow(/Stopped after step/);
  reports.length = 0;
}
const carriedOut = (): number => reports.filter(({ event }) => event === 'step').length;

describe('a plan that is half done', () => {
  test('goes on where nothing moved', async () => {
    const plan = await planFor('finesse-certificate-expired');
    await stoppedAfter(plan, 6);
    const steps = plan.changes.flatMap((change) => change.steps);
    expect(stillToCome(plan.id, 'resume', options())).toEqual({ way: 'forward', steps: steps.slice(6) });
    expect((await resume(plan.id, options())).outcome).toEqual({ status: 'verified' });
  });

  test('is not gone on with where a person put back what it had changed', async () => {
    const plan = await planFor('ccp-certificate-not-imported');
    const bringBack = up.lab.remember();
    await stoppedAfter(plan, 1);
    await bringBack();
    const before = up.lab.digest;
    await expect(resume(plan.id, options())).rejects.toThrow(
      /uccx1 trusts in tomcat-trust: no longer ccp1\.lab\.example \([0-9a-f]{16}\); new ccp1[^]*uccert plan[\s\S]*roll-back/,
    );
    await expect(rollBack(plan.id, options())).rejects.toThrow(/uccx1 trusts in tomcat-trust: no longer ccp1/);
    expect(carriedOut()).toBe(0);
    expect(up.lab.digest).toEqual(before);
    // Nobody can go on with it, so it stands in nobody's way.
    const next = await makePlan(await look(), inventory());
    expect((await apply(next, inventory(), options())).outcome).toEqual({ status: 'verified' });
    expect(reports).toContainEqual({
      event: 'awaits',
      words: expect.stringMatching(`^The plan ${plan.id} is half done on .*passed over$`) as string,
    });
    await expect(resume(plan.id, options())).rejects.toThrow(`plan ${next.id} was carried out (verified)`);
  });

  test('keeps another plan from the same machines until it is gone on with', async () => {
    const plan = await planFor('finesse-certificate-expired');
    await stoppedAfter(plan, 2);
    const next = await makePlan(await look(), inventory());
    const before = up.lab.digest;
    await expect(apply(next, inventory(), options())).rejects.toThrow(
      new RegExp(`The plan ${plan.id} is half done on [\\s\\S]*uccert resume ${plan.id}[\\s\\S]*roll-back`),
    );
    expect(up.lab.digest).toEqual(before);
    expect((await resume(plan.id, options())).outcome).toEqual({ status: 'verified' });
  });

  test('goes on where something moved on a machine that it does not touch', async () => {
    const plan = await planFor('ccp-certificate-not-imported');
    const touched = plan.changes.flatMap(({ steps }) => steps).map((step) => machineOfStep(step)?.toString());
    const beside = up.lab.machines.find(
      ({ id }) => !touched.includes(id) && plan.basis.some((line) => line.startsWith(`${id} trusts in tomcat-trust`)),
    );
    if (beside === undefined) throw new Error('the plan touches every machine that it rests on');
    await stoppedAfter(plan, 1);
    beside.hold('tomcat-trust', new X509Certificate(certificate().der), 'brought-by-a-person');
    expect((await resume(plan.id, options())).outcome).toEqual({ status: 'verified' });
  });

  test('that had begun nothing is made for the world of its plan', async () => {
    const plan = await planFor('ccp-certificate-not-imported');
    await stoppedAfter(plan, 0);
    await up.lab.install('ccp1', {}, 'clients');
    await expect(resume(plan.id, options())).rejects.toThrow(/The plan is stale/);
  });
});

describe('the way back', () => {
  const walked = (): string[] =>
    reports.flatMap((said) => (said.event === 'undoing' || said.event === 'again' ? [said.title] : []));

  test('is walked as it was said beforehand: what each step is put back to, then what restarts', async () => {
    const plan = await planFor('ccp-certificate-not-imported');
    expect((await apply(plan, inventory(), options())).outcome.status).toBe('verified');
    const said = stillToCome(plan.id, 'roll-back', options());
    if (said.way !== 'back') throw new Error('it does not go back');
    expect(said.steps.map(({ words }) => words)).toEqual([
      expect.stringMatching(
        /^uccx\d: put the certificate of ccp1 that was in tomcat-trust before \(.+\) in place of the one imported$/,
      ),
      ...plan.changes.flatMap(({ steps }) => steps.slice(1).map(stepTitle)),
    ]);
    expect([said.kept, said.said, said.remains]).toEqual([[], [], []]);
    expect((await rollBack(plan.id, options())).outcome.status).toBe('rolled-back');
    expect(walked()).toEqual(said.steps.map(({ words }) => words));
  });

  test('names what stays, why, and where to go from there', async () => {
    const plan = await planFor('finesse-certificate-expired');
    await stoppedAfter(plan, 4);
    // A restart was begun, and nobody knows how far it came.
    const journal = Journal.open(journalFile(up.state, plan.id));
    const at = placedSteps(plan).find(
      (placed) => placed.step.do === 'restart-service' && !journal.was('step-begun', placed.at),
    )?.at;
    if (at === undefined) throw new Error('no restart is left');
    expect(() => stillToCome(plan.id, 'roll-back', options())).toThrow(
      /has done nothing that can be taken back: uccx1: regenerate[^]*uccert resume[^]*--close/,
    );
    journal.write({ event: 'step-begun', ...at, before: {} });
    const said = stillToCome(plan.id, 'roll-back', options());
    if (said.way !== 'back') throw new Error('it does not go back');
    expect(said.kept).toEqual([expect.stringMatching(/^uccx1: regenerate the tomcat certificate/)]);
    expect(said.said.join()).toMatch(/the old key pair of uccx1: a VOS machine keeps no copy/);
    const { outcome } = await rollBack(plan.id, options());
    expect(walked()).toEqual(said.steps.map(({ words }) => words));
    if (outcome.status !== 'stranded') throw new Error(`ended ${outcome.status}`);
    expect(outcome.left).toContain(`${said.kept.join()} (cannot be taken back)`);
  });

  test('has nothing of a step that was found done already', async () => {
    const plan = await planFor('ccp-certificate-not-imported');
    await stoppedAfter(plan, 0);
    expect(stillToCome(plan.id, 'roll-back', options())).toMatchObject({ way: 'back', steps: [], kept: [] });
  });
});

describe('a plan that ended', () => {
  test('is not taken back under a later one, the later one first', async () => {
    const first = await planFor('ccp-certificate-not-imported');
    expect((await apply(first, inventory(), options())).outcome.status).toBe('verified');
    const between = up.lab.digest;
    await up.lab.apply(scenarioOf('certificate-not-handed-to-pcs'));
    await up.lab.apply(scenarioOf('live-data-not-restarted'));
    const later = await makePlan(await look(), inventory());
    expect((await apply(later, inventory(), options())).outcome.status).toBe('verified');
    const after = up.lab.digest;
    await expect(rollBack(first.id, options())).rejects.toThrow(`plan ${later.id} was carried out (verified)`);
    expect(up.lab.digest).toEqual(after);
    expect(after).not.toEqual(between);
  });

  test('is taken back under one that was taken back itself, and not under what a person did', async () => {
    const plan = await planFor('ccp-certificate-not-imported');
    const before = up.lab.digest;
    expect((await apply(plan, inventory(), options())).outcome.status).toBe('verified');
    const bringBack = up.lab.remember();
    await up.lab.install('uccx1', {}, 'clients');
    const changed = up.lab.digest;
    await expect(rollBack(plan.id, options())).rejects.toThrow(
      /uccx1 holds as tomcat: then [\s\S]*what was done since/,
    );
    expect(up.lab.digest).toEqual(changed);
    await bringBack();

    await up.lab.apply(scenarioOf('certificate-not-handed-to-pcs'));
    const later = await makePlan(await look(), inventory());
    expect((await apply(later, inventory(), options())).outcome.status).toBe('verified');
    expect((await rollBack(later.id, options())).outcome.status).toBe('rolled-back');
    expect((await rollBack(plan.id, options())).outcome.status).toBe('rolled-back');
    expect(up.lab.digest.machines).toEqual(before.machines);
  });
});

describe('while a plan is carried out', () => {
  /** Somebody does this while it is about to begin the step of this title. */
  const duringStep = (title: RegExp, change: () => Promise<unknown>): Partial<ApplyOptions> => {
    let isDone = false;
    const confirm = async (next: string): Promise<boolean> => {
      if (!isDone && title.test(next)) {
        isDone = true;
        await change();
      }
      return true;
    };
    return { confirm };
  };

  test('another certificate in the place of its own is not waited for as its own, and not overwritten', async () => {
    const own = await planFor('certificate-runs-out-soon');
    let theirs: TestLab['lab']['digest'] | undefined;
    const renewed = async (): Promise<void> => {
      await up.lab.install('uccx2', {}, 'clients');
      theirs = up.lab.digest;
    };
    const { outcome } = await apply(own, inventory(), options(duringStep(/uccx2: wait until ports/, renewed)));
    expect(outcome).toMatchObject({
      status: 'stranded',
      because: expect.stringMatching(
        /uccx2 holds another tomcat certificate than this plan left: then [0-9a-f]{16}, now [0-9a-f]{16}\. Nothing was taken back, as another plan or a person changed meanwhile: uccx2 holds as tomcat: then /,
      ) as string,
      left: expect.arrayContaining([expect.stringMatching(/^uccx2: regenerate/)]) as string[],
    });
    expect(up.lab.digest.machines['uccx2']).toEqual(theirs?.machines['uccx2']);
  });

  test('what was changed behind its last look at it does not count as verified', async () => {
    const plan = await planFor('ccp-certificate-not-imported');
    const report = (said: Report): void => {
      if (said.event === 'verifying') up.lab.vos('uccx1').hold('tomcat-trust', new X509Certificate(certificate().der));
    };
    const { outcome } = await apply(plan, inventory(), options({ report }));
    expect(outcome).toMatchObject({
      status: 'stranded',
      because: expect.stringMatching(
        /^the detectors .* find them no more, but .* meanwhile: uccx1 trusts in tomcat-trust: new /,
      ) as string,
    });
  });
});

describe('a plan beside another of the same run', () => {
  /** That of the fault of another scenario, and that of handing a certificate to the PCs, which changes no machine. */
  async function besideHandingOut(scenario: string, fault: string): Promise<[Plan, Plan]> {
    for (const each of [scenario, 'certificate-not-handed-to-pcs']) await up.lab.apply(scenarioOf(each));
    const run = await look();
    const plan = (only: string): Promise<Plan> => makePlan(run, inventory(), { restart: 'services', faults: [only] });
    const people = await plan('self-signed-certificate');
    expect(machinesOf(people)).toEqual([]);
    savePlan(people, planFolder(up.state), undefined);
    return [await plan(fault), people];
  }
  const overtaken = ({ id }: Plan) => keptPlans(up.state).find((each) => each.id === id)?.overtaken;

  test('is carried out after it, where that only gave more to trust to machines that it does not change', async () => {
    const [keys, people] = await besideHandingOut('key-too-short', 'weak-key');
    expect(machinesOf(keys)).toContain('uccx1');
    expect((await apply(keys, inventory(), options({ disturbAgents: true }))).outcome.status).toBe('verified');
    expect(overtaken(people)).toEqual([]);
    expect((await apply(people, inventory(), options())).outcome.status).toBe('verified');
  });

  test('is refused where that changed what it rests on, and names it and how to go on with it', async () => {
    const [restarts, people] = await besideHandingOut(
      'live-data-not-restarted',
      'ports-present-different-certificates',
    );
    await stoppedAfter(restarts, 2);
    await expect(apply(people, inventory(), options())).rejects.toThrow(
      new RegExp(
        `stale[^]*uccx1: plan ${restarts.id} was carried out \\(half done\\)\n {2}uccx1 presents at 12015: then uccx1[^]*First end what is half done: uccert resume ${restarts.id}`,
      ),
    );
  });
});

describe('a plan that is kept', () => {
  const kept = (id: string) => keptPlans(up.state).find((each) => each.id === id);
  const keepRun = async (): Promise<string> => {
    const run = await look();
    saveRun(run, join(up.state, 'runs', run.id));
    return run.id;
  };

  test('is overtaken where a newer run saw otherwise, and not by one that saw the same', async () => {
    const plan = await planFor('ccp-certificate-not-imported');
    savePlan(plan, planFolder(up.state), undefined);
    await keepRun();
    expect(kept(plan.id)).toMatchObject({ status: 'not begun', overtaken: [], left: [] });
    await up.lab.install('ccp1', {}, 'clients');
    const seen = await keepRun();
    expect(kept(plan.id)?.overtaken).toContainEqual(
      expect.stringMatching(
        new RegExp(
          `^run ${seen}: ccp1 holds as tomcat: then ccp1\\.lab\\.example \\([0-9a-f]{16}\\), now ccp1\\.lab\\.example \\([0-9a-f]{16}\\)$`,
        ),
      ),
    );
  });

  test('is overtaken where another was carried out on its machines since; one that has ended is not', async () => {
    const plan = await planFor('ccp-certificate-not-imported');
    const same = await planFor([]);
    for (const each of [plan, same]) savePlan(each, planFolder(up.state), undefined);
    expect((await apply(same, inventory(), options())).outcome.status).toBe('verified');
    expect(kept(plan.id)?.overtaken.join()).toContain(`plan ${same.id} was carried out (verified)`);
    expect(kept(same.id)).toMatchObject({ status: 'verified', overtaken: [] });
  });

  test('is closed as it is, and then stands in no way', async () => {
    const plan = await planFor('ccp-certificate-not-imported');
    savePlan(plan, planFolder(up.state), undefined);
    expect(() => {
      closePlan(plan.id, up.state);
    }).toThrow(/was not begun/);
    await stoppedAfter(plan, 1);
    const begun = (): Promise<string[]> => begunOn(machinesOf(plan), journalFolder(up.state), join(up.state, 'locks'));
    expect(await begun()).toEqual([expect.stringContaining(`The plan ${plan.id} is half done`)]);
    expect(doneSteps(plan.id, up.state)).toEqual([stepTitle(plan.changes[0]!.steps[0]!)]);
    const before = up.lab.digest;
    closePlan(plan.id, up.state);
    expect(up.lab.digest).toEqual(before);
    expect(kept(plan.id)?.status).toBe('closed, and left as it was');
    expect(await begun()).toEqual([]);
    for (const again of [resume, rollBack])
      await expect(again(plan.id, options())).rejects.toThrow(/was closed[^]*make a new plan/);
    expect(() => {
      closePlan(plan.id, up.state);
    }).toThrow(/was closed/);
  });
});
