import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest';
import { loadInventory } from '#inventory/load.ts';
import type { PageName } from '#inventory/pages.ts';
import type { LabOptions } from '#lab/build.ts';
import type { Change, Lab } from '#lab/lab.ts';
import { scenarios } from '#lab/scenarios/index.ts';
import { notificationServiceNotRestarted } from '#lab/scenarios/notification-service-not-restarted.ts';
import { failureWords } from '#model/failure-words.ts';
import type { Run } from '#model/run.ts';
import { summarise } from '#reports/summary.ts';
import { browse } from '#workflow/browse.ts';
import { startTestLab, type TestLab } from './support/lab.ts';

/** What people notice of the lab's scenarios, and what it is put down to: only the pages concerned are opened. */
vi.setConfig({ testTimeout: 300_000 });

const [finesse, ccp, platform] = [
  'Finesse sign-in',
  'Customer Collaboration Platform',
  'Platform administration',
] as const;

/** The scenario, the pages that are opened, and of each that is not well why: `uccx1:8445` and the page where there are several. */
type Row = readonly [scenario: string, pages: readonly PageName[], seen: Readonly<Record<string, RegExp>>];

/** By scenario the ports whose pages a browser refused. */
const refused: Record<string, readonly string[]> = {};

/** Both ports of CCP present one certificate. */
const onCcp = (error: RegExp): Row[2] => ({ 'ccp1:443': error, 'ccp1:7443': error });

const selfSigned: readonly Row[] = [
  ['finesse-certificate-expired', [finesse], { 'uccx1:8445': /ERR_CERT_DATE_INVALID/ }],
  ['certificate-from-the-future', [finesse], { 'uccx2:8445': /ERR_CERT_DATE_INVALID/ }],
  ['certificate-not-handed-to-pcs', [finesse], { 'uccx1:8445': /ERR_CERT_AUTHORITY_INVALID/ }],
  ['restored-from-an-old-backup', [finesse], { 'uccx2:8445': /ERR_CERT_AUTHORITY_INVALID/ }],
  ['certificate-without-alternative-name', [ccp], onCcp(/ERR_CERT_COMMON_NAME_INVALID/)],
  ['domain-changed-after-installation', [ccp], onCcp(/ERR_CERT_COMMON_NAME_INVALID/)],
  ['critical-extension-nobody-knows', [ccp], onCcp(/ERR_CERT_INVALID/)],
  // Chromium takes a short key that the PC accepted by itself.
  ['key-too-short', [platform], {}],
  [
    'reporting-down',
    ['Unified Intelligence Center', finesse],
    {
      'uccx1:8444 Unified Intelligence Center': /connection refused/,
      'uccx1:8444 Unified Intelligence Center, report user': /connection refused/,
    },
  ],
];

const signed: readonly Row[] = [
  ['certificate-from-unknown-authority', [finesse], { 'uccx2:8445': /ERR_CERT_AUTHORITY_INVALID/ }],
  ['signed-certificate-overwritten', [finesse], { 'uccx2:8445': /ERR_CERT_AUTHORITY_INVALID/ }],
  ['intermediate-deleted', [finesse], { 'uccx1:8445': /ERR_CERT_AUTHORITY_INVALID/ }],
  ['issuing-authority-expired', [finesse], { 'uccx1:8445': /ERR_CERT_DATE_INVALID/ }],
  ['template-for-clients', [finesse], { 'uccx2:8445': /ERR_CERT_INVALID/ }],
  ['root-without-intermediate', [ccp], onCcp(/ERR_CERT_AUTHORITY_INVALID/)],
  ['signed-with-sha-1', [ccp], onCcp(/ERR_CERT_INVALID/)],
  ['two-teams-two-names', [ccp], onCcp(/ERR_CERT_COMMON_NAME_INVALID/)],
  ['issuer-without-basic-constraints', [ccp], onCcp(/ERR_CERT_INVALID/)],
  [
    'elliptic-curve-certificate-forgotten',
    ['Live Data acceptance', finesse],
    { 'uccx1:12015': /ERR_CERT_AUTHORITY_INVALID/ },
  ],
];

const pcce: readonly Row[] = [
  ['iis-certificate-expired-on-aw', ['CCE Administration'], { 'aw1:443': /ERR_CERT_DATE_INVALID/ }],
  ['multi-server-name-on-finesse', [finesse], {}],
];

describe.each<[string, string, Omit<LabOptions, 'state' | 'network'>, readonly Row[]]>([
  ['UCCX, self-signed', '127.163.0.0/16', {}, selfSigned],
  ['UCCX, signed', '127.164.0.0/16', { signed: true }, signed],
  ['PCCE', '127.165.0.0/16', { deployment: 'PCCE', signed: true }, pcce],
])('%s', (_, network, options, rows) => {
  let running: TestLab;
  beforeAll(async () => {
    running = await startTestLab(network, options);
  });
  afterAll(() => running[Symbol.asyncDispose]());

  test.each(rows)('%s', async (id, pages, seen) => {
    const scenario = scenarios.find((each) => each.id === id);
    if (scenario === undefined) throw new TypeError(`no scenario ${id}`);
    const run = await browseBroken(running.lab, scenario, pages);
    expectSeen(run, seen);
    // What people see is one problem with what is broken.
    expect(summarise(run).problems.filter(({ fault }) => fault === 'browser-refuses')).toEqual([]);
    refused[id] = refusedIn(run);
    const { refusedAt = [] } = scenario;
    expect(refused[id]).toEqual(
      refusedAt.map(({ on, port }) => `${running.lab.machine(on).id}:${String(port)}`).sort(),
    );
  });
});

test('what browsers refuse is what was reviewed, and every scenario that says so was seen', async () => {
  expect(Object.keys(refused)).toEqual(
    expect.arrayContaining(scenarios.filter(({ refusedAt }) => refusedAt !== undefined).map(({ id }) => id)),
  );
  const sorted = Object.fromEntries(Object.entries(refused).sort(([left], [right]) => left.localeCompare(right)));
  await expect(`${JSON.stringify(sorted, null, 1)}\n`).toMatchFileSnapshot('golden/browser.json');
});

describe('a PCCE', () => {
  test('is signed in to, Live Data comes from CUIC, and the doors of its machines open', async () => {
    await using running = await startTestLab('127.165.0.0/16', { deployment: 'PCCE', signed: true });
    const pages: PageName[] = [
      'Finesse desktop',
      'Live Data gadgets',
      'Live Data acceptance',
      'Unified Intelligence Center',
      'Operations Administration',
      'Identity Service',
      'CCE Administration',
      'Enterprise Chat and Email',
      'Diagnostic Portico',
    ];
    const healthy: Change = { id: 'healthy', needs: 'any', deployment: 'PCCE', change: () => undefined };
    const run = await browseBroken(running.lab, healthy, pages);
    expectSeen(run, {});
    const shown = run.observations.filter((seen) => seen.kind === 'browser-page' && seen.outcome === 'recorded');
    expect(new Set(shown.map(({ place }) => place.machine))).toEqual(
      new Set('aw1 cuic1 cuic2 cvp1 cvp2 cvprep1 ece1 finesse1 finesse2 pg1a pg1b rogger1a rogger1b'.split(' ')),
    );
  });
});

describe('a release before 12.5', () => {
  let running: TestLab;
  beforeAll(async () => {
    running = await startTestLab('127.166.0.0/16');
  });
  afterAll(() => running[Symbol.asyncDispose]());

  const pages: PageName[] = [finesse, 'Notification Service', 'Finesse desktop'];
  const old = (change: Change['change']): Change => ({
    id: 'old-release',
    needs: 'self-signed',
    change: async (lab) => {
      await lab.setRelease('11.6(2)');
      await change(lab);
    },
  });

  test('is signed in to by its own fields, over BOSH on 7443', async () => {
    const run = await browseBroken(
      running.lab,
      old(() => undefined),
      pages,
    );
    expectSeen(run, {});
    expect(run.observations.filter(({ kind }) => kind === 'browser-page')).toHaveLength(8);
  });

  test('the dialog asks for the certificate of 7443, and the port behind it is named', async () => {
    // The PCs were given the new certificate, and the one before it was taken from them.
    const forgotten = old(async (lab) => {
      await notificationServiceNotRestarted.change(lab);
      const { subject, fingerprint256 } = lab.vos('uccx2').identity.certificate;
      for (const client of lab.clients)
        for (const held of client.accepted)
          if (held.subject === subject && held.fingerprint256 !== fingerprint256) client.forget(held);
    });
    const dialog = /"SSL Certificate Not Accepted.*7443 on uccx2 presents .*ERR_CERT_AUTHORITY_INVALID/;
    expectSeen(await browseBroken(running.lab, forgotten, pages), {
      'uccx2:7443': /ERR_CERT_AUTHORITY_INVALID/,
      'uccx2:8445 Finesse desktop, agent': dialog,
      'uccx2:8445 Finesse desktop, supervisor': dialog,
    });
  });
});

async function browseBroken(lab: Lab, change: Change, pages: readonly PageName[]): Promise<Run> {
  const outFolder = await mkdtemp(join(tmpdir(), 'uccert-out-'));
  await lab.apply(change);
  try {
    return await browse(loadInventory(lab.inventoryFile), { command: [], judgeAt: null, outFolder, pages });
  } finally {
    await lab.heal();
    await rm(outFolder, { recursive: true, force: true });
    expect(lab.centre.agents.filter(({ state }) => state !== 'LOGOUT')).toEqual([]);
  }
}

/** Each page that is not well has its cause, and no other page is not well. */
function expectSeen({ findings }: Run, seen: Row[2]): void {
  const met = findings.flatMap(({ fault, subject, verdict }) => {
    if (fault !== 'browser-refuses' || subject.scope !== 'endpoint') return [];
    if (verdict.status === 'absent' || verdict.status === 'not-applicable') return [];
    const words = verdict.status === 'present' ? verdict.because : failureWords(verdict.missing[0]!.failure).seen;
    return [{ at: `${subject.machine}:${String(subject.port)}`, page: subject.page ?? '', words }];
  });
  const keys = met.map(({ at, page }) => (seen[at] === undefined ? `${at} ${page}` : at));
  expect(keys.sort(), JSON.stringify(met)).toEqual(Object.keys(seen).sort());
  for (const { at, page, words } of met) expect(words).toMatch(seen[at] ?? seen[`${at} ${page}`] ?? /^$/);
}

function refusedIn({ findings }: Run): string[] {
  const met = findings.flatMap(({ fault, subject, verdict }) =>
    fault === 'browser-refuses' && subject.scope === 'endpoint' && verdict.status === 'present'
      ? [`${subject.machine}:${String(subject.port)}`]
      : [],
  );
  return [...new Set(met)].sort();
}
