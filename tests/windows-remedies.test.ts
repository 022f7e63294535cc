import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';
import { isPresent } from '#model/verdict.ts';
import type { Plan } from '#model/plan.ts';
import type { Run } from '#model/run.ts';
import { stepTitle } from '#model/step-title.ts';
import { loadInventory, type Inventory } from '#inventory/load.ts';
import { daysFrom } from '#lab/authority.ts';
import { putBehind } from '#lab/chain-behind.ts';
import { scenarioOf } from '#lab/control-server.ts';
import type { Lab } from '#lab/lab.ts';
import { identityFor } from '#lab/machines/windows/first-identities.ts';
import { thumbprintOf } from '#lab/machines/windows/certificate-store.ts';
import { keyStorePath } from '#lab/machines/windows/installation.ts';
import type { ApplyOptions, Report } from '#workflow/apply-options.ts';
import { restartService } from '#transports/windows-services.ts';
import { apply, rollBack } from '#workflow/apply.ts';
import { makePlan } from '#workflow/plan.ts';
import { openWindows } from '#workflow/session.ts';
import { makeRunbook } from '#workflow/runbook.ts';
import { trust } from '#workflow/trust.ts';
import { hours } from './support/applying.ts';
import { boundAndNotTakenUp } from './support/bound-and-not-taken-up.ts';
import { startTestLab, type TestLab } from './support/lab.ts';

/** What no scenario shows: a machine whose certificate ran out, by its identity, and the fix. */
const ranOut: Readonly<
  Record<'self-signed' | 'signed', readonly (readonly [machine: string, identity: string, fix: string])[]>
> = {
  'self-signed': [
    ['cvprep1', 'wsm_certificate', 'replace-cvp-certificate'],
    ['rogger1a', 'Diagnostic Framework', 'bind-diagnostic-portico-certificate'],
    ['ece1', 'IIS', 'replace-iis-certificate'],
  ],
  signed: [['rogger1a', 'Diagnostic Framework', 'bind-diagnostic-portico-certificate']],
};

/**
 * A scenario of a PCCE with the fixes that clear it, and what taking them back brings back: all of it; what is kept, where a service had
 * another certificate in memory; or nothing that could be, as was said beforehand.
 */
type Case = readonly [scenario: string, fixes: readonly string[], back: 'all' | 'what is kept' | 'nothing'];

const cases: Readonly<Record<'self-signed' | 'signed', readonly Case[]>> = {
  'self-signed': [
    ['finesse-secondary-not-in-aw', ['import-into-java-store'], 'all'],
    ['aw-certificate-not-in-cvp', ['import-into-java-store'], 'all'],
    ['alias-with-a-hyphen', ['rename-key-store-alias'], 'nothing'],
    ['portico-recreated', ['import-into-java-store'], 'all'],
    ['portico-bound-and-not-restarted', ['bind-diagnostic-portico-certificate'], 'what is kept'],
    ['iis-certificate-deleted', ['replace-iis-certificate'], 'nothing'],
    ['ece-without-https', ['replace-iis-certificate'], 'all'],
  ],
  signed: [
    ['java-update-dropped-cacerts', ['import-into-java-store'], 'all'],
    ['iis-certificate-expired-on-aw', ['replace-iis-certificate'], 'all'],
    ['cvp-as-installed', ['replace-cvp-certificate'], 'all'],
    ['alias-with-a-hyphen', ['rename-key-store-alias'], 'nothing'],
    ['issuer-left-out-on-cvp', ['complete-key-store-chain'], 'all'],
    ['previous-issuer-kept-on-cvp', ['complete-key-store-chain'], 'all'],
    ['root-missing-on-pg', ['import-into-windows-store'], 'all'],
    ['ece-without-https', ['replace-iis-certificate'], 'all'],
  ],
};

for (const [kind, network] of [
  ['self-signed', '127.151.0.0/16'],
  ['signed', '127.152.0.0/16'],
] as const) {
  describe(`Windows machines of a ${kind} PCCE`, () => {
    let up: TestLab;
    let reports: Report[] = [];
    beforeAll(async () => {
      up = await startTestLab(network, { deployment: 'PCCE', signed: kind === 'signed' });
    }, 120_000);
    afterAll(() => up[Symbol.asyncDispose]());
    afterEach(async () => {
      reports = [];
      await up.lab.reset();
    });

    const inventory = (): Inventory => loadInventory(up.lab.inventoryFile);
    const look = (): Promise<Run> => trust(inventory(), { command: [], judgeAt: null, deep: false });
    const options = (): ApplyOptions => ({
      acceptIrreversible: true,
      stateFolder: up.state,
      command: [],
      report: (report) => reports.push(report),
    });
    const presentIn = (run: Run): string[] =>
      run.findings
        .filter(isPresent)
        // keytool puts the root behind a reply whenever its key store knows it: a notice that the documented way brings with it.
        .filter(({ fault }) => fault !== 'trust-anchor-sent')
        .map(({ fault, subject }) => `${fault} ${JSON.stringify(subject)}`);
    const kept = (): unknown => up.lab.machines.map(({ id, holdings }) => [id, holdings]);
    const planFor = async (scenario: string): Promise<Plan> => {
      await up.lab.apply(scenarioOf(scenario));
      return makePlan(await look(), inventory());
    };

    /** What was there before cannot be had again: the new certificate stays, and with it whatever trusts it. */
    const staysDone = async (plan: Plan): Promise<void> => {
      const after = up.lab.digest;
      await expect(rollBack(plan.id, options())).rejects.toThrow(/has done nothing that can be taken back: /);
      expect(up.lab.digest).toEqual(after);
    };

    /** The fix is planned for what was changed, clears it, and is taken back to the same world: ports present what is kept. */
    const clears = async (
      fix: string,
      change: (lab: Lab) => void | Promise<void>,
      back: 'what is kept' | 'nothing' = 'what is kept',
    ): Promise<void> => {
      await up.lab.apply({ id: 'changed-here', needs: 'any', deployment: 'PCCE', change });
      const plan = await makePlan(await look(), inventory());
      expect(plan.changes.map(({ remediation }) => remediation)).toContain(fix);
      expect(plan.changes.every(({ reversible }) => reversible)).toBe(back !== 'nothing');
      const before = kept();
      const { outcome, run } = await apply(plan, inventory(), options());
      expect(outcome).toEqual({ status: 'verified' });
      expect(presentIn(run)).toEqual([]);
      if (back === 'nothing') return staysDone(plan);
      expect((await rollBack(plan.id, options())).outcome.status).toBe('rolled-back');
      expect(kept()).toEqual(before);
    };

    test.each(cases[kind])(
      '%s is found, planned, put right, and taken back',
      async (scenario, fixes, way) => {
        const plan = await planFor(scenario);
        expect(plan.changes.map(({ remediation }) => remediation)).toEqual(fixes);
        expect(plan.unreached).toEqual([]);
        expect(makeRunbook(plan, inventory()).changes).toHaveLength(fixes.length);
        expect(plan.changes.every(({ reversible }) => reversible)).toBe(way !== 'nothing');
        const before = { all: up.lab.digest, kept: kept() };

        const { outcome, run } = await apply(plan, inventory(), options());
        expect(outcome).toEqual({ status: 'verified' });
        expect(presentIn(run)).toEqual([]);
        const isRootSent = run.findings.filter(isPresent).some(({ fault }) => fault === 'trust-anchor-sent');
        expect(plan.changes.some(({ brings = [] }) => brings.join().includes('trust-anchor-sent'))).toBe(isRootSent);

        if (way === 'nothing') return staysDone(plan);
        expect((await rollBack(plan.id, options())).outcome.status).toBe('rolled-back');
        if (way === 'all') expect(up.lab.digest).toEqual(before.all);
        if (way === 'what is kept') expect(kept()).toEqual(before.kept);
      },
      300_000,
    );

    test('a web server without https is given its first certificate, and its port is waited for', async () => {
      const [change] = (await planFor('ece-without-https')).changes;
      expect(change?.title).toBe('Give IIS on ece1 a certificate, and bind it to https');
      const ends = change?.steps.flatMap((step) =>
        step.do === 'wait-for' && step.on === up.lab.machine('ece1').id ? [step] : [],
      );
      expect(ends).toEqual([expect.objectContaining({ ports: [443], opens: true })]);
    }, 300_000);

    test.runIf(kind === 'self-signed')(
      'a second alias of a certificate that a person added since is not lost by taking the plan back',
      async () => {
        const plan = await planFor('aw-certificate-not-in-cvp');
        expect((await apply(plan, inventory(), options())).outcome).toEqual({ status: 'verified' });
        const machine = up.lab.windows('cvp2');
        const held = machine.keyStore(keyStorePath)?.entries.find((entry) => 'certificate' in entry);
        if (held === undefined || !('certificate' in held)) throw new Error('the lab has nothing in .keystore');
        machine.hold('.keystore', held.certificate, 'added-by-a-person');
        const before = up.lab.digest;
        await expect(rollBack(plan.id, options())).rejects.toThrow(
          /cvp2 trusts in \.keystore: new \S+ \([0-9a-f]{16}\)/,
        );
        expect(up.lab.digest).toEqual(before);
      },
      300_000,
    );

    test.runIf(kind === 'self-signed')(
      'a key that was deleted is made anew under its alias',
      () =>
        clears(
          'replace-cvp-certificate',
          (lab) => lab.windows('cvp1').forget(keyStorePath, 'vxml_certificate'),
          'nothing',
        ),
      300_000,
    );

    test.runIf(kind === 'self-signed').each(['runs', 'does not run'] as const)(
      'calls of a Reporting Server end first, by way of a Call Server that %s',
      async (state) => {
        const [reporting, call] = [up.lab.windows('cvprep1'), up.lab.windows('cvp1')];
        const service = 'Cisco CVP CallServer';
        await up.lab.apply({
          id: 'reporting-key-deleted',
          needs: 'any',
          deployment: 'PCCE',
          change: () => reporting.forget(keyStorePath, 'callserver_certificate'),
        });
        const plan = await makePlan(await look(), inventory());
        const seen: boolean[] = [];
        reporting.onCommand = (line) => {
          if (line.startsWith('service-controller')) seen.push(call.isStarted(service));
        };
        const report = (said: Report): void => {
          if (said.event === 'step' && said.number === 1 && state === 'does not run') void call.stopService(service);
        };
        const { outcome } = await apply(plan, inventory(), { ...options(), report });
        reporting.onCommand = () => undefined;
        expect(seen).toEqual(state === 'runs' ? [true] : []);
        expect(outcome.status).toBe(state === 'runs' ? 'verified' : 'stranded');
        if (outcome.status !== 'verified')
          expect(outcome.because).toMatch(/it does not run, and must while the Reporting/);
        expect(reporting.isStarted(service)).toBe(true);
      },
      300_000,
    );

    test.runIf(kind === 'signed')(
      'nothing is asked of an authority, and nothing bound, outside the maintenance window',
      async () => {
        const plan = await planFor('iis-certificate-expired-on-aw');
        expect(plan.changes.flatMap(({ steps }) => steps).map((step) => step.do)).toContain('obtain-reply');
        const before = up.lab.digest;
        await expect(apply(plan, { ...inventory(), window: hours(2, 3) }, options())).rejects.toThrow(
          /outside the maintenance window[\s\S]*bind the new certificate to port 443[\s\S]*uccert apply/,
        );
        expect(reports.filter(({ event }) => event === 'step')).toEqual([]);
        expect(up.lab.digest).toEqual(before);
        expect((await apply(plan, { ...inventory(), window: hours(-1, 2) }, options())).outcome.status).toBe(
          'verified',
        );
      },
      300_000,
    );

    test.runIf(kind === 'signed')(
      'new keys wait for people in a file apart: nothing that a service reads is another until they are signed',
      async () => {
        const ended = { notAfter: daysFrom(up.lab.now(), -1) };
        for (const alias of ['wsm_certificate', 'vxml_certificate'])
          await up.lab.installOnWindows('cvp1', alias, ended);
        const manual = readFileSync(up.lab.inventoryFile, 'utf8').replace(
          /kind: local([^]*?)\n +key: \S+/,
          'kind: manual$1',
        );
        writeFileSync(up.lab.inventoryFile, manual.replace('kind: manual', 'kind: manual\n    folder: requests'));
        const plan = await makePlan(await look(), inventory());
        const wanted = plan.changes.flatMap(({ steps }) => steps).filter((step) => step.do === 'obtain-reply').length;
        expect(wanted).toBeGreaterThan(1);
        const { files } = up.lab.windows('cvp1');
        const [before, presented] = [readFileSync(files.hostPath(keyStorePath)), up.lab.digest];
        const waits = (): boolean => reports.some((said) => said.event === 'step' && said.title.includes('answer the'));
        const stopped = apply(plan, inventory(), { ...options(), isStopped: waits });
        await expect(stopped).rejects.toThrow(/nothing that the machine presents has changed yet/);
        const apart = files.hostPath(`${keyStorePath}.${plan.id}.new`);
        expect(existsSync(apart)).toBe(true);
        // Restarted meanwhile, as after an update of Windows.
        await up.lab.windows('cvp1').startAll();
        expect(up.lab.digest.machines['cvp1']?.ports).toEqual(presented.machines['cvp1']?.ports);
        expect((await rollBack(plan.id, options())).outcome.status).toBe('rolled-back');
        expect(existsSync(apart)).toBe(false);
        expect(readFileSync(files.hostPath(keyStorePath)).equals(before)).toBe(true);
      },
      300_000,
    );

    test.runIf(kind === 'signed')(
      'a key under a mistyped alias that is to be signed is made anew, and its certificate given to nobody',
      async () => {
        await up.lab.apply(scenarioOf('cvp-as-installed'));
        const plan = await planFor('alias-with-a-hyphen');
        expect(plan.changes.map(({ remediation }) => remediation)).toEqual(['replace-cvp-certificate']);
        expect(plan.changes.flatMap(({ irreversible }) => irreversible).join()).toMatch(/no key was under it before/);
        expect((await apply(plan, inventory(), options())).outcome).toEqual({ status: 'verified' });
      },
      300_000,
    );

    test.runIf(kind === 'signed')(
      'IIS that goes on with another certificate presents the bound one again',
      async () => {
        await up.lab.apply(boundAndNotTakenUp);
        const plan = await makePlan(await look(), inventory());
        expect(plan.changes.map(({ remediation }) => remediation)).toEqual(['bind-iis-certificate']);
        const { outcome, run } = await apply(plan, inventory(), options());
        expect(outcome).toEqual({ status: 'verified' });
        expect(presentIn(run)).toEqual([]);
      },
      300_000,
    );

    test.runIf(kind === 'signed')(
      'an answer is put in place with as much of its chain as Windows lacks',
      async () => {
        const { intermediate } = up.lab.authority;
        const imports = (plan: Plan): string[] =>
          plan.changes
            .filter(({ remediation }) => remediation === 'replace-iis-certificate')
            .flatMap(({ steps }) => steps.map(stepTitle))
            .filter((title) => title.includes('Lab '));
        expect(imports(await planFor('iis-certificate-expired-on-aw'))).toEqual([]);
        up.lab.windows('aw1').certificateStore.delete('CA', thumbprintOf(intermediate.certificate));
        const plan = await makePlan(await look(), inventory());
        expect(imports(plan)).toEqual([expect.stringContaining('Lab Issuing CA')]);
        expect((await apply(plan, inventory(), options())).outcome).toEqual({ status: 'verified' });
      },
      120_000,
    );

    test.runIf(kind === 'signed')(
      'programs of a PG are restarted by the names that their instance gives them',
      async () => {
        const plan = await planFor('root-missing-on-pg');
        const pg = up.lab.windows('pg1a');
        const lines: string[] = [];
        pg.onCommand = (line) => {
          const encoded = /^powershell .*-EncodedCommand (\S+)$/i.exec(line)?.[1];
          lines.push(encoded === undefined ? line : Buffer.from(encoded, 'base64').toString('utf16le'));
        };
        const { outcome } = await apply(plan, inventory(), options());
        pg.onCommand = () => undefined;
        expect(outcome).toEqual({ status: 'verified' });
        const restarted = lines.flatMap((line) => /Restart-Service -Name '([^']+)'/.exec(line)?.[1] ?? []);
        expect(restarted).toEqual(['Cisco ICM ucce PG1', 'Cisco ICM ucce CG1']);

        const shell = await openWindows(inventory(), up.lab.windows('aw1').id, 'change');
        await expect(restartService(shell, 'CTI Server', () => Promise.resolve())).rejects.toThrow(
          /there is no service CTI Server/,
        );
        shell.close();
      },
      120_000,
    );

    test.runIf(kind === 'signed')(
      'a chain that another program put in another order is put in order',
      () =>
        clears('complete-key-store-chain', (lab) => {
          const { root, intermediate } = lab.authority;
          return putBehind(lab.windows('cvprep1'), 'wsm_certificate', [root.certificate, intermediate.certificate]);
        }),
      300_000,
    );

    test.runIf(kind === 'signed')(
      'a reply that lies beside its key is put to it, with its chain',
      () =>
        clears('complete-key-store-chain', async (lab) => {
          const machine = lab.windows('cvprep1');
          const kept = machine.keyStore(keyStorePath)?.identity('wsm_certificate');
          const [reply] = kept?.chain ?? [];
          if (kept == null || reply === undefined) throw new Error('the lab has no WSM certificate');
          const key = { privateKey: kept.key, publicKey: reply.publicKey };
          machine.keep(
            'wsm_certificate',
            await identityFor(
              { id: machine.id, type: machine.type, fqdn: machine.fqdn, key },
              'wsm_certificate',
              lab.now(),
              null,
              {},
            ),
          );
          machine.hold('.keystore', reply, 'wsm-certificate');
          await machine.startAll();
        }),
      300_000,
    );

    test.each(ranOut[kind])(
      'what ran out on %s, %s, is made anew and handed out',
      async (id, identity, fix) => {
        await clears(fix, (lab) => lab.installOnWindows(id, identity, { notAfter: daysFrom(lab.now(), -1) }));
      },
      300_000,
    );
  });
}
