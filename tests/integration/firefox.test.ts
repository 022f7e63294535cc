import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest';
import { loadInventory } from '#inventory/load.ts';
import type { PageName } from '#inventory/pages.ts';
import { expired, liveDataLeftOut } from '#tests/support/live-data-left-out.ts';
import type { Change, Lab } from '#lab/lab.ts';
import { certificateFromUnknownAuthority } from '#lab/scenarios/certificate-from-unknown-authority.ts';
import { certificateNotHandedToPcs } from '#lab/scenarios/certificate-not-handed-to-pcs.ts';
import { finesseCertificateExpired } from '#lab/scenarios/finesse-certificate-expired.ts';
import { notificationServiceNotRestarted } from '#lab/scenarios/notification-service-not-restarted.ts';
import { twoTeamsTwoNames } from '#lab/scenarios/two-teams-two-names.ts';
import { failureWords } from '#model/failure-words.ts';
import type { Run } from '#model/run.ts';
import { browse } from '#workflow/browse.ts';
import { startTestLab, type TestLab } from '#tests/support/lab.ts';
import { expectNoSecrets } from '#tests/support/no-secrets.ts';

/** What people see who browse with Firefox. */
vi.setConfig({ testTimeout: 180_000 });

const finesse = 'Finesse sign-in';
const ccp = 'Customer Collaboration Platform';

/** Of each page that is not well why: `uccx1:8445`, and the page where there are several. */
type Seen = Readonly<Record<string, RegExp>>;

/** What is broken, the pages that are opened, and what is seen. */
type Row = readonly [title: string, change: Change['change'], pages: readonly PageName[], seen: Seen];

const signed: readonly Row[] = [
  [
    'an authority that PCs do not know',
    certificateFromUnknownAuthority.change,
    [finesse],
    { 'uccx2:8445': /SEC_ERROR_UNKNOWN_ISSUER/ },
  ],
  ['a name of another team', twoTeamsTwoNames.change, [ccp], both('ccp1', [443, 7443], /SSL_ERROR_BAD_CERT_DOMAIN/)],
  [
    'a certificate that ran out',
    (lab) => lab.install('uccx1', expired(lab)),
    [finesse],
    { 'uccx1:8445': /SEC_ERROR_EXPIRED_CERTIFICATE/ },
  ],
  [
    'Live Data that was not restarted: the port behind the gadgets is named',
    liveDataLeftOut,
    ['Live Data gadgets'],
    both(
      'uccx1',
      ['8445 Live Data gadgets, agent', '8445 Live Data gadgets, supervisor'],
      /12015 on uccx1 presents uccx1\..*which expired on .*\(SEC_ERROR_EXPIRED_CERTIFICATE\)/,
    ),
  ],
  [
    'a node that was left out of the certificate: the desktop does not fail over to it',
    (lab) => lab.install('uccx2', { names: [lab.machine('uccx1').fqdn] }),
    ['Finesse failover'],
    {
      'uccx1:8445': /8445 on uccx2 presents .*for uccx1\.lab\.example,.*SSL_ERROR_BAD_CERT_DOMAIN/,
      'uccx2:8445': /SSL_ERROR_BAD_CERT_DOMAIN/,
    },
  ],
  [
    'PCs that were given no anchor',
    (lab) => {
      for (const client of lab.clients) client.anchors = [];
    },
    ['Operations Administration'],
    { 'uccx1:8443': /SEC_ERROR_UNKNOWN_ISSUER/, 'uccx2:8443': /SEC_ERROR_UNKNOWN_ISSUER/ },
  ],
];

const dialog = /"SSL Certificate Not Accepted.*7443 on uccx2 presents .*MOZILLA_PKIX_ERROR_SELF_SIGNED_CERT/;
const selfSigned: readonly Row[] = [
  ['nothing: what PCs accepted they accept', () => undefined, [finesse, 'Live Data acceptance', ccp], {}],
  [
    'a certificate that ran out after it was accepted: an exception goes on',
    finesseCertificateExpired.change,
    [finesse],
    {},
  ],
  [
    'a certificate that PCs did not accept',
    certificateNotHandedToPcs.change,
    [finesse],
    { 'uccx1:8445': /MOZILLA_PKIX_ERROR_SELF_SIGNED_CERT/ },
  ],
  [
    'a Notification Service that was not restarted: the port behind the dialog is named',
    async (lab) => {
      await lab.setRelease('11.6(2)');
      await notificationServiceNotRestarted.change(lab);
    },
    ['Notification Service', 'Finesse desktop'],
    {
      'uccx2:7443': /MOZILLA_PKIX_ERROR_SELF_SIGNED_CERT/,
      ...both('uccx2', ['8445 Finesse desktop, agent', '8445 Finesse desktop, supervisor'], dialog),
    },
  ],
];

describe.each([
  ['signed', '127.187.0.0/16', true, signed],
  ['self-signed', '127.186.0.0/16', false, selfSigned],
])('%s', (_, network, isSigned, rows) => {
  let running: TestLab;
  beforeAll(async () => {
    running = await startTestLab(network, { signed: isSigned });
  });
  afterAll(() => running[Symbol.asyncDispose]());

  test.each(rows)('%s', async (_title, change, pages, seen) => {
    await running.lab.apply({ id: 'broken', needs: 'any', change });
    try {
      expectSeen(await browseIn(running.lab, pages), seen);
      expect(running.lab.centre.agents.filter(({ state }) => state !== 'LOGOUT')).toEqual([]);
    } finally {
      await running.lab.heal();
    }
  });

  test.runIf(isSigned)('all that people do in a healthy lab', { timeout: 480_000 }, async () => {
    const run = await browseIn(running.lab);
    expectSeen(run, {});
    expect(run.observations.filter(({ kind }) => kind === 'browser-page')).toHaveLength(45);
    expect(run.inventory.clients.map(({ browser }) => browser)).toEqual(['firefox']);
  });

  test.runIf(isSigned)('a Firefox that is not there is said', async () => {
    vi.stubEnv('UCCERT_FIREFOX', '/nowhere/firefox');
    await expect(browseIn(running.lab, [finesse])).rejects.toThrow('UCCERT_FIREFOX names /nowhere/firefox');
    vi.stubEnv('UCCERT_FIREFOX', '/bin/sh');
    const other = await browseIn(running.lab, [finesse]);
    vi.unstubAllEnvs();
    expect(JSON.stringify(other)).toContain('is not the program of Firefox itself');
  });
});

async function browseIn(lab: Lab, pages?: readonly PageName[]): Promise<Run> {
  const outFolder = await mkdtemp(join(tmpdir(), 'uccert-out-'));
  const request = { command: [], judgeAt: null, outFolder, browser: 'firefox' } as const;
  try {
    const inventory = loadInventory(lab.inventoryFile);
    const run = await browse(inventory, pages === undefined ? request : { ...request, pages });
    expectNoSecrets(run, outFolder, lab);
    return run;
  } finally {
    await rm(outFolder, { recursive: true, force: true });
  }
}

/** Each page that is not well has its cause, and what Firefox refused its certificate; no other page is not well. */
function expectSeen({ findings, observations, certificates }: Run, seen: Seen): void {
  const met = findings.flatMap(({ fault, subject, verdict }) => {
    if (fault !== 'browser-refuses' || subject.scope !== 'endpoint' || verdict.status === 'absent') return [];
    const at = `${subject.machine}:${String(subject.port)}`;
    const key = seen[at] === undefined ? `${at} ${subject.page ?? ''}` : at;
    if (verdict.status === 'present') return [{ key, words: verdict.because }];
    return verdict.status === 'inconclusive' ? [{ key, words: failureWords(verdict.missing[0]!.failure).seen }] : [];
  });
  // A page that several people open stands once for each of them.
  expect([...new Set(met.map(({ key }) => key))].sort(), JSON.stringify(met)).toEqual(Object.keys(seen).sort());
  for (const { key, words } of met) expect(words).toMatch(seen[key] ?? /^$/);
  for (const observation of observations) {
    if (observation.kind !== 'browser-page' || observation.outcome !== 'recorded') continue;
    const { value } = observation;
    if (value.outcome === 'refused') expect(certificates).toHaveProperty(value.certificate ?? 'none');
  }
}

/** The same at several places of a machine. */
function both(machine: string, places: readonly (number | string)[], why: RegExp): Seen {
  return Object.fromEntries(places.map((place) => [`${machine}:${String(place)}`, why]));
}
