import 'reflect-metadata';
import { existsSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { X509Certificate as Issued, X509Certificates } from '@peculiar/x509';
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';
import type { Plan } from '#model/plan.ts';
import { machineOfStep } from '#model/step.ts';
import { daysFrom, serverAuthentication } from '#lab/authority.ts';
import { replyTo } from '#lab/request.ts';
import { scenarioOf } from '#lab/control-server.ts';
import type { ApplyOptions, Report } from '#workflow/apply-options.ts';
import { apply, resume, rollBack } from '#workflow/apply.ts';
import { makePlan } from '#workflow/plan.ts';
import { requestsLeft } from '#workflow/requests-left.ts';
import { applyingIn, hours, presentIn } from './support/applying.ts';
import { startTestLab, type TestLab } from './support/lab.ts';

/** Requests answered by people, and by the web enrolment of Windows, with everything that goes wrong there. */
let up: TestLab;
const applying = applyingIn(() => up);
const { reports, inventory, look } = applying;
/** Called with every report: what somebody does meanwhile. */
let meanwhile: (report: Report) => void = () => undefined;

beforeAll(async () => {
  up = await startTestLab('127.146.0.0/16', { signed: true, windowsCa: {} });
});
afterAll(() => up[Symbol.asyncDispose]());
afterEach(async () => {
  reports.length = 0;
  meanwhile = () => undefined;
  rmSync(join(up.lab.folder, 'requests'), { recursive: true, force: true });
  await up.lab.reset();
});

const options = (more: Partial<ApplyOptions> = {}): ApplyOptions =>
  applying.options({
    report: (report) => {
      reports.push(report);
      meanwhile(report);
    },
    ...more,
  });
const awaited = (): string[] => reports.flatMap((report) => (report.event === 'awaits' ? [report.words] : []));
const cucmIdentity = (): string => up.lab.vos('cucm1').identity.certificate.fingerprint256;

/** A plan to have a new certificate signed: for CUCM, whose key is too short, unless said. */
async function planned(
  edit: (inventory: string) => string = (text) => text,
  scenario = 'key-too-short',
): Promise<Plan> {
  await up.lab.apply(scenarioOf(scenario));
  writeFileSync(up.lab.inventoryFile, edit(readFileSync(up.lab.inventoryFile, 'utf8')));
  return makePlan(await look(), inventory());
}

describe('the web enrolment of Windows', () => {
  test('answers at once, and the machine presents the answer', async () => {
    const plan = await planned();
    expect(plan.unreached).toEqual([]);
    const { outcome, run } = await apply(plan, inventory(), options());
    expect(outcome).toEqual({ status: 'verified' });
    expect(presentIn(run)).toEqual([]);
    const { intermediate } = up.lab.windowsCa.ca.authority;
    expect(up.lab.vos('cucm1').identity.certificate.checkIssued(intermediate.certificate)).toBe(true);
  });

  test('that takes nothing but NTLM bound to its connection is signed in to', async () => {
    up.lab.windowsCa.reset({ isHardened: true });
    const plan = await planned();
    expect(plan.unreached).toEqual([]);
    expect((await apply(plan, inventory(), options())).outcome).toEqual({ status: 'verified' });
  });

  test('is waited for, in one process and the next, and is not asked twice', async () => {
    up.lab.windowsCa.reset({ issuesAfterMilliseconds: 60_000 });
    const plan = await planned();
    const isStopped = (): boolean => awaited().length > 0;
    await expect(apply(plan, inventory(), options({ isStopped }))).rejects.toThrow(
      /Stopped while lab-ca had not answered the request for tomcat of cucm1[\s\S]*uccert resume/,
    );
    expect(awaited()).toEqual([
      'Waiting until an administrator of ca1.lab.example issues request 1. It is looked for at least every 15 s.',
    ]);
    reports.length = 0;
    await expect(resume(plan.id, options({ isStopped }))).rejects.toThrow(/Stopped while/);
    expect(up.lab.windowsCa.ca.submissions).toHaveLength(1);
    const before = cucmIdentity();
    expect((await rollBack(plan.id, options())).outcome.status).toBe('rolled-back');
    expect(cucmIdentity()).toBe(before);
  });

  test('that adds names is refused before anything is uploaded', async () => {
    up.lab.windowsCa.reset({ addsWww: true });
    const plan = await planned();
    const before = cucmIdentity();
    const { outcome } = await apply(plan, inventory(), options());
    if (outcome.status !== 'rolled-back') throw new Error(`ended ${outcome.status}`);
    expect(outcome.because).toMatch(
      /The answer of lab-ca for tomcat of cucm1 is not taken: .*request-names-differ: .*www\./,
    );
    expect(cucmIdentity()).toBe(before);
  });

  const withoutNames = (text: string): string => text.replace(/( +)kind: adcs/, '$1kind: adcs\n$1changesNames: true');

  test('that adds names is given a request without any, and its answer names the machine', async () => {
    up.lab.windowsCa.reset({ addsWww: true });
    const plan = await planned(withoutNames, 'certificate-runs-out-soon');
    expect(plan.unreached).toEqual([]);
    const { outcome, run } = await apply(plan, inventory(), options());
    expect(outcome).toEqual({ status: 'verified' });
    expect(presentIn(run)).toEqual([]);
    expect(up.lab.vos('uccx2').identity.certificate.subjectAltName).toBe(
      'DNS:uccx2.lab.example, DNS:www.uccx2.lab.example',
    );
  });

  test('that writes no names at all into such an answer is refused', async () => {
    const plan = await planned(withoutNames, 'certificate-runs-out-soon');
    const before = up.lab.digest.machines['uccx2']?.tomcat;
    const { outcome } = await apply(plan, inventory(), options());
    if (outcome.status !== 'rolled-back') throw new Error(`ended ${outcome.status}`);
    expect(outcome.because).toMatch(/is not taken: .*subject-alternative-name-missing/);
    expect(up.lab.digest.machines['uccx2']?.tomcat).toBe(before);
  });

  test('that knows no such template refuses, and nothing is changed', async () => {
    const plan = await planned((text) => text.replace('template: ClientServer', 'template: NoSuch'));
    const before = cucmIdentity();
    const { outcome } = await apply(plan, inventory(), options());
    if (outcome.status !== 'rolled-back') throw new Error(`ended ${outcome.status}`);
    expect(outcome.because).toMatch(/denied: Denied by Policy Module {2}0x80094800/);
    expect(cucmIdentity()).toBe(before);
  });

  test('that does not let one in is found when the plan is made, and refused by apply', async () => {
    writeFileSync(join(up.lab.folder, 'wrong'), 'wrong\n', { mode: 0o600 });
    const plan = await planned((text) =>
      text.replace(/(user: administrator\n +)password: file:\S+/, '$1password: file:wrong'),
    );
    expect(plan.unreached.map(({ what }) => what)).toEqual(['the authority lab-ca']);
    const before = up.lab.digest;
    await expect(apply(plan, inventory(), options())).rejects.toThrow(
      /What the plan needs cannot be reached:\n {2}the authority lab-ca/,
    );
    expect(up.lab.digest).toEqual(before);
  });
});

describe('people who carry requests', () => {
  const manual = (text: string): string =>
    text.replace(/kind: adcs\n( +)(chain: \S+)[\s\S]*?(?=\n\S)/, 'kind: manual\n$1$2\n$1folder: requests');
  const file = (ending: string): string => join(up.lab.folder, 'requests', `cucm1-tomcat.${ending}`);

  test('bring the answer to another request first, and are told; then the right one, as PKCS #7', async () => {
    const plan = await planned(manual);
    let signed = '';
    meanwhile = (report) => {
      if (report.event !== 'awaits') return;
      if (!existsSync(file('pem'))) {
        writeFileSync(file('pem'), up.lab.vos('uccx1').identity.certificate.toString());
        return;
      }
      void up.lab.sign(readFileSync(file('csr'), 'utf8')).then((reply) => {
        const bag = new X509Certificates([new Issued(new Uint8Array(reply.raw))]);
        writeFileSync(file('p7b'), Buffer.from(bag.export('raw')));
        signed = reply.fingerprint256;
      });
    };
    const { outcome, run } = await apply(plan, inventory(), options());
    expect(outcome).toEqual({ status: 'verified' });
    expect(presentIn(run)).toEqual([]);
    expect(awaited()).toEqual([
      `Have ${file('csr')} signed, and put the answer beside it as cucm1-tomcat.pem (or .cer, .crt, .p7b, .der). It is looked for at least every 15 s.`,
      `The answer of lab-ca for tomcat of cucm1 (cucm1-tomcat.pem) is not taken: it holds one certificate, which is not for the key of the request. Have ${file('csr')} signed, and put the answer in its place; of several the newest counts.`,
    ]);
    expect(cucmIdentity()).toBe(signed);
  });

  test('bring one that soon ends, or is no certificate, and are told; one for servers alone is taken with a note', async () => {
    const plan = await planned(manual);
    const { authority } = up.lab;
    const now = new Date();
    const brought = [
      async (csr: string) => (await replyTo(csr, authority, now, { notAfter: daysFrom(now, 5) })).toString(),
      () => Promise.resolve('Please find the certificate attached.\n'),
      () => Promise.resolve('-----BEGIN CERTIFICATE-----\nMIIDuDCC\n'),
      async (csr: string) => {
        const extendedKeyUsage = { usages: [serverAuthentication], critical: false };
        return (await replyTo(csr, authority, now, { extendedKeyUsage })).toString();
      },
    ];
    meanwhile = (report) => {
      if (report.event !== 'awaits') return;
      void brought
        .shift()?.(readFileSync(file('csr'), 'utf8'))
        .then((text) => writeFileSync(file('pem'), text));
    };
    const { outcome } = await apply(plan, inventory(), options());
    expect(outcome).toEqual({ status: 'verified' });
    const said = awaited().slice(1);
    expect(said).toEqual([
      expect.stringMatching(
        /^The answer of lab-ca for tomcat of cucm1 \(cucm1-tomcat\.pem\) is not taken: it is valid for [45] more days, until [\d-]+, and fewer than 30 count as expiring .*Have \S+\.csr signed, and put the answer in its place; of several the newest counts\.$/,
      ),
      `The answer of lab-ca for tomcat of cucm1 (cucm1-tomcat.pem) is not taken: the file is text, and no line of it begins a certificate, request or key. Have ${file('csr')} signed, and put the answer in its place; of several the newest counts.`,
      `The answer of lab-ca for tomcat of cucm1 (cucm1-tomcat.pem) is not taken: the block CERTIFICATE at line 1 cannot be read: it has no END line: the file was cut off. Have ${file('csr')} signed, and put the answer in its place; of several the newest counts.`,
      expect.stringMatching(
        /^The answer of lab-ca for tomcat of cucm1 is taken, but it is not for id-kp-clientAuth, which the request asked for/,
      ),
    ]);
  });

  test('are told where the answer would leave the fault that the plan is for', async () => {
    const plan = await planned(manual, 'template-for-web-servers');
    const [csr, pem] = ['csr', 'pem'].map((ending) => file(ending).replace('cucm1', 'ccp1'));
    const ofServers = { extendedKeyUsage: { usages: [serverAuthentication], critical: false } };
    const brought = [ofServers, {}];
    meanwhile = (report) => {
      if (report.event !== 'awaits') return;
      void replyTo(readFileSync(csr!, 'utf8'), up.lab.authority, new Date(), brought.shift()).then((reply) =>
        writeFileSync(pem!, reply.toString()),
      );
    };
    const { outcome, run } = await apply(plan, inventory(), options());
    expect(awaited().slice(1)).toEqual([
      expect.stringMatching(
        /^The answer of lab-ca for tomcat of ccp1 \(ccp1-tomcat\.pem\) is not taken: client-authentication-missing: .*template has to allow.*Have \S+\.csr signed, and put the answer in its place; of several the newest counts\.$/,
      ),
    ]);
    expect(outcome).toEqual({ status: 'verified' });
    expect(presentIn(run)).toEqual([]);
  });

  test('are given the requests of all machines before the first is waited for, and resume gives them none anew', async () => {
    await up.lab.apply(scenarioOf('certificate-runs-out-soon'));
    const plan = await planned(manual);
    const isStopped = (): boolean => reports.some((said) => said.event === 'step' && said.title.includes('answer'));
    await expect(apply(plan, inventory(), options({ isStopped }))).rejects.toThrow(/Stopped while lab-ca had not/);
    const [csrs, pems] = ['csr', 'pem'].map((ending) =>
      ['cucm1', 'uccx2'].map((machine) => file(ending).replace('cucm1', machine)),
    );
    const requests = csrs!.map((path) => readFileSync(path, 'utf8'));
    expect(awaited().sort()).toEqual(csrs!.map((path) => expect.stringContaining(`Have ${path} signed`) as string));
    for (const [at, request] of requests.entries()) writeFileSync(pems![at]!, (await up.lab.sign(request)).toString());
    // Nobody can sign in while the key of CUCM is too short.
    await expect(resume(plan.id, options({ disturbAgents: true }))).resolves.toMatchObject({
      outcome: { status: 'verified' },
    });
    expect(csrs!.map((path) => readFileSync(path, 'utf8'))).toEqual(requests);
  });

  test('have nothing restarted for the first answer while a wrong one lies there for another, and are told at any hour', async () => {
    await up.lab.apply(scenarioOf('certificate-runs-out-soon'));
    const plan = await planned(manual);
    const ofMachine = (machine: string, ending: string): string => file(ending).replace('cucm1', machine);
    const bring = async (machine: string, request: string): Promise<void> => {
      const reply = await up.lab.sign(readFileSync(ofMachine(request, 'csr'), 'utf8'));
      writeFileSync(ofMachine(machine, 'pem'), reply.toString());
    };
    const isAsked = (): boolean => awaited().length === 2;
    await expect(apply(plan, inventory(), options({ isStopped: isAsked }))).rejects.toThrow(/Stopped/);
    const [first, second] = plan.changes.map(({ steps }) => machineOfStep(steps[0]!) ?? '') as [string, string];
    await bring(first, first);
    await bring(second, first);
    const before = up.lab.digest;
    reports.length = 0;
    const isTold = (): boolean =>
      awaited().some((words) => words.includes(`for tomcat of ${second} (${second}-tomcat.pem) is not taken`));
    const more = { disturbAgents: true, isStopped: isTold };
    await expect(resume(plan.id, options(more))).rejects.toThrow(/Stopped/);
    expect(isTold()).toBe(true);
    expect(up.lab.digest).toEqual(before);

    const open = readFileSync(up.lab.inventoryFile, 'utf8');
    const { from, to } = hours(2, 3);
    writeFileSync(up.lab.inventoryFile, `${open}\nwindow: { from: '${from}', to: '${to}' }\n`);
    rmSync(ofMachine(second, 'pem'));
    reports.length = 0;
    const going = (): ReturnType<typeof resume> => resume(plan.id, options({ disturbAgents: true }));
    await expect(going()).rejects.toThrow(/outside the maintenance window/);
    expect(isTold()).toBe(false);
    await bring(second, first);
    await expect(going()).rejects.toThrow(/outside the maintenance window/);
    expect(isTold()).toBe(true);
    expect(up.lab.digest).toEqual(before);

    writeFileSync(up.lab.inventoryFile, open);
    await bring(second, second);
    await expect(going()).resolves.toMatchObject({ outcome: { status: 'verified' } });
  });

  test('are told which requests nobody needs any more when the plan was taken back, and of no other in their place', async () => {
    const plan = await planned(manual);
    const journal = { file: join(up.state, 'journal', `${plan.id}.jsonl`) };
    const isStopped = (): boolean => awaited().length > 0;
    await expect(apply(plan, inventory(), options({ isStopped }))).rejects.toThrow(/Stopped while/);
    await expect(rollBack(plan.id, options())).resolves.toMatchObject({ outcome: { status: 'rolled-back' } });
    expect(requestsLeft(plan, journal)).toEqual([`${file('csr')} (tomcat of cucm1)`]);
    writeFileSync(file('csr'), 'the request of another plan');
    expect(requestsLeft(plan, journal)).toEqual([]);
  });

  test('may say themselves how short is too short', async () => {
    const plan = await planned((text) => manual(text).replace('limits:', 'limits:\n  expiringDays: 3'));
    meanwhile = (report) => {
      if (report.event !== 'awaits') return;
      const now = new Date();
      void replyTo(readFileSync(file('csr'), 'utf8'), up.lab.authority, now, { notAfter: daysFrom(now, 5) }).then(
        (reply) => writeFileSync(file('pem'), reply.toString()),
      );
    };
    await expect(apply(plan, inventory(), options())).resolves.toMatchObject({ outcome: { status: 'verified' } });
    expect(awaited()).toHaveLength(1);
  });

  test('are asked at any hour; what is met afterwards waits for the window', async () => {
    const plan = await planned(manual);
    const closed = { ...inventory(), window: hours(2, 3) };
    const before = cucmIdentity();
    meanwhile = (report) => {
      if (report.event !== 'awaits') return;
      void up.lab.sign(readFileSync(file('csr'), 'utf8')).then((reply) => writeFileSync(file('pem'), reply.toString()));
    };
    await expect(apply(plan, closed, options())).rejects.toThrow(/outside the maintenance window[^]*uccert resume/);
    expect(awaited()).toHaveLength(1);
    // The key before it would be gone, and any restart would take the new one up.
    expect(cucmIdentity()).toBe(before);
    await expect(resume(plan.id, options())).resolves.toMatchObject({ outcome: { status: 'verified' } });
  });
});
