import { once } from 'node:events';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { mkdir } from 'node:fs/promises';
import { createServer, type AddressInfo } from 'node:net';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest';
import { loadInventory } from '#inventory/load.ts';
import type { PageName } from '#inventory/pages.ts';
import { expired, liveDataLeftOut } from '#tests/support/live-data-left-out.ts';
import type { Change, Lab } from '#lab/lab.ts';
import { ccpCertificateNotImported } from '#lab/scenarios/ccp-certificate-not-imported.ts';
import { cucmCriticalKeyPurpose } from '#lab/scenarios/cucm-critical-key-purpose.ts';
import { Run } from '#model/run.ts';
import { summarise } from '#reports/summary.ts';
import { browse } from '#workflow/browse.ts';
import { because, browsingIn, refusals } from './support/browsing.ts';
import { startTestLab, type TestLab } from './support/lab.ts';
import { expectNoSecrets } from './support/no-secrets.ts';

// A browser that waits for what does not come takes its time.
vi.setConfig({ testTimeout: 300_000 });

let running: TestLab;
const { outFolder, ended, browseLab, changedInventory } = browsingIn(() => running);

beforeAll(async () => {
  running = await startTestLab('127.73.0.0/16', { signed: true });
});
afterAll(() => running[Symbol.asyncDispose]());

/** Pages that nobody signs in to, where a test is not about what comes after. */
const doors: readonly PageName[] = ['Operations Administration', 'Finesse sign-in'];

const allPages = null;

/** `uccx1:443 shown`, one line per page. */
function outcomes(run: Run): string[] {
  return run.observations.flatMap((observation) => {
    if (observation.kind !== 'browser-page') return [];
    const { machine, port } = observation.place;
    const at = `${machine}:${port}`;
    if (observation.outcome === 'failed') return [`${at} ${observation.failure.reason}`];
    const { value } = observation;
    return [`${at} ${value.outcome === 'refused' ? value.error : value.outcome}`];
  });
}

/** `uccx1 absent`, one line per page. */
function verdicts(run: Run): string[] {
  return refusals(run).map(({ machine, verdict }) => `${machine} ${verdict.status}`);
}

/** The message of the failed result of one page. */
function failureInAllure(title: string): string {
  const folder = join(outFolder(), 'allure-results');
  const results = readdirSync(folder).flatMap((name) =>
    name.endsWith('-result.json') ? [readFileSync(join(folder, name), 'utf8')] : [],
  );
  const failed = results.filter((text) => text.includes('"status":"failed"') && text.includes(title));
  expect(failed).toHaveLength(1);
  return (JSON.parse(failed[0]!) as { statusDetails: { message: string } }).statusDetails.message;
}

/** Looks at some pages while something is broken; afterwards everybody is signed out and all is well again. */
async function browseBroken(lab: Lab, change: Change['change'], pages: readonly PageName[]): Promise<Run> {
  await lab.apply({ id: 'broken', needs: 'any', change });
  try {
    const run = await browseLab(pages, lab.inventoryFile);
    expect(lab.centre.agents.filter(({ state }) => state !== 'LOGOUT')).toEqual([]);
    return run;
  } finally {
    await lab.heal();
  }
}

describe('browse', () => {
  test('shows all pages of a healthy lab, and leaves nothing behind but what it was asked for', async () => {
    const temporary = join(running.state, 'tmp');
    await mkdir(temporary);
    vi.stubEnv('TMPDIR', temporary);
    const run = await browseLab(allPages);
    vi.unstubAllEnvs();

    const closed = ['uccx1:7443 connection-refused', 'uccx2:7443 connection-refused'];
    expect(outcomes(run).filter((line) => !line.endsWith(' shown'))).toEqual(closed);
    expect(verdicts(run).filter((line) => !line.endsWith(' absent'))).toEqual([
      'uccx1 not-applicable',
      'uccx2 not-applicable',
    ]);
    expect(run.observations.filter(({ kind }) => kind === 'browser-page')).toHaveLength(45);
    expect(Run.safeParse(run).success).toBe(true);
    expect(readdirSync(outFolder()).sort()).toEqual(['allure-results', 'screenshots']);
    const screenshots = readdirSync(join(outFolder(), 'screenshots'));
    expect(screenshots).toContain('uccx1-8445-live-data-gadgets-supervisor-pc-managed.png');
    expect(screenshots).toHaveLength(43);
    expectNoSecrets(run, outFolder(), running.lab);
    const left = readdirSync(temporary).filter((name) => name.startsWith('uccert-'));
    expect(left).toEqual([]);
  });

  test('takes the word of a PC that trusts nobody, and tells a closed port from a refused page', async () => {
    const run = await browseLab(
      doors,
      await changedInventory((inventory) => {
        inventory.machines = { uccx2: { ...inventory.machines['uccx2']!, connect: { 8445: '127.73.0.254:8445' } } };
        inventory.clients = { stranger: {} };
      }),
    );
    expect(outcomes(run)).toEqual(['uccx2:8445 connection-refused', 'uccx2:8443 net::ERR_CERT_AUTHORITY_INVALID']);
    expect(verdicts(run)).toEqual(['uccx2 present', 'uccx2 present']);
    expect(because(run, 'uccx2', 'Finesse sign-in')).toBe('the browser gets no answer: connection refused');
  });

  test('tells a page that answers with an error from one that never comes', async () => {
    const silent = createServer().listen(0, '127.73.0.254');
    await once(silent, 'listening');
    const run = await browseLab(
      doors,
      await changedInventory((inventory) => {
        const uccx2 = inventory.machines['uccx2'] as { readonly address: string };
        // The same certificate, and no such page.
        const connect = {
          8445: `${uccx2.address}:8443`,
          8443: `127.73.0.254:${String((silent.address() as AddressInfo).port)}`,
        };
        inventory.machines = { uccx2: { ...uccx2, connect } };
      }),
    );
    silent.close();
    expect(because(run, 'uccx2', 'Finesse sign-in')).toMatch(
      /^expected and not seen: the page itself, which answers 404 Not Found at https:\/\/uccx2.*:8445\/desktop$/,
    );
    expect(because(run, 'uccx2', 'Operations Administration')).toBe(
      'unanswered: the connection was taken, and no page came within 15 s',
    );
  });

  test('says of every page that there was no browser', async () => {
    vi.stubEnv('UCCERT_CHROMIUM', '/bin/false');
    const run = await browseLab(
      doors,
      await changedInventory((inventory) => {
        inventory.machines = { uccx1: inventory.machines['uccx1']! };
      }),
    );
    vi.unstubAllEnvs();
    expect(outcomes(run)).toEqual(['uccx1:8445 browser-unavailable', 'uccx1:8443 browser-unavailable']);
    expect(verdicts(run)).toEqual(['uccx1 inconclusive', 'uccx1 inconclusive']);
    expect(ended).toEqual([
      'page 1 of 2: Finesse sign-in on uccx1:8445, from pc-managed',
      'page 2 of 2: Operations Administration on uccx1:8443, from pc-managed',
    ]);
    expect(JSON.stringify(run)).toMatch(/\/bin\/false ended at once; is it a Chromium/);
  });

  test('refuses a browser that is named and not there before it looks at anything', async () => {
    vi.stubEnv('UCCERT_CHROMIUM', '/nowhere/chromium');
    const looked: unknown[] = [];
    const request = { command: [], judgeAt: null, outFolder: outFolder(), pages: doors };
    const refused = browse(loadInventory(running.lab.inventoryFile), request, () => looked.push(1));
    await expect(refused).rejects.toThrow(
      /^UCCERT_CHROMIUM names \/nowhere\/chromium, and there is no such file\.\nWhat .*\nName/,
    );
    vi.unstubAllEnvs();
    expect(looked).toEqual([]);
  });

  test('is not silent about pages when the suites do not start', async () => {
    vi.stubEnv('NODE_OPTIONS', '--no-such-option');
    const run = await browseLab(doors);
    vi.unstubAllEnvs();
    expect(new Set(outcomes(run).map((line) => line.split(' ')[1]))).toEqual(new Set(['defect-in-uccert']));
    expect(JSON.stringify(run)).toContain('--no-such-option is not allowed');
  });

  test('asks nothing of a browser where nobody opens a page', async () => {
    const run = await browseLab(allPages, await changedInventory((inventory) => (inventory.clients = {})));
    expect(run.asked.kinds).not.toContain('browser-page');
    expect(run.asked.notAsked).toContainEqual(expect.stringMatching(/^what a browser shows: no client/));
  });

  test('names the clients there are when another is asked for', async () => {
    const request = { command: [], judgeAt: null, outFolder: outFolder(), clients: ['pc-home'] };
    await expect(browse(loadInventory(running.lab.inventoryFile), request)).rejects.toThrow('Name one of: pc-managed.');
  });
});

describe('what people notice', () => {
  test('a certificate that ran out: every page of the node is refused, with the certificate', async () => {
    const run = await browseBroken(running.lab, (lab) => lab.install('uccx1', expired(lab)), [
      'Finesse sign-in',
      'Finesse desktop',
    ]);
    expect(outcomes(run)).toEqual([
      ...Array<string>(3).fill('uccx1:8445 net::ERR_CERT_DATE_INVALID'),
      ...Array<string>(3).fill('uccx2:8445 shown'),
    ]);
    const trace = 'traces/uccx1-8445-finesse-desktop-agent-pc-managed.zip';
    expect(JSON.stringify(run.findings)).toContain(trace);
    expect(existsSync(join(outFolder(), trace))).toBe(true);
    expectNoSecrets(run, outFolder(), running.lab);
    for (const { machine, verdict } of refusals(run)) {
      expect(verdict.status).toBe(machine === 'uccx1' ? 'present' : 'absent');
      if (verdict.status === 'present') expect(run.certificates).toHaveProperty(verdict.certificate ?? 'none');
    }
  });

  test('Live Data that was not restarted: the gadgets stay empty, and the port behind them is named', async () => {
    const run = await browseBroken(running.lab, liveDataLeftOut, ['Live Data gadgets', 'Live Data permalink']);
    for (const page of [
      'Live Data gadgets, agent',
      'Live Data gadgets, supervisor',
      'Live Data permalink, report user',
    ]) {
      expect(because(run, 'uccx1', page)).toMatch(
        /12015 on uccx1 presents uccx1\..*which expired on .*\(net::ERR_CERT_DATE_INVALID\)/,
      );
      expect(because(run, 'uccx2', page)).toBe('absent');
      expect(failureInAllure(`${page} on uccx1:`)).toMatch(
        /^Expected and not seen: the (?:gadget|report) .*12015 on uccx1 presents /,
      );
    }
    expectNoSecrets(run, outFolder(), running.lab);
  });

  test('a critical extension on CUCM: the sign-in says the password is wrong, and CUCM is named', async () => {
    const run = await browseBroken(running.lab, cucmCriticalKeyPurpose.change, ['Finesse call', 'Finesse desktop']);
    const first = because(run, 'uccx1', 'Finesse call, agent');
    expect(first).toContain('it says "Invalid User ID/Password"');
    expect(first).toMatch(/uccx1 asks 8443 on cucm1, which presents .*extKeyUsage .*marked critical/);
    // A wrong password is not tried until the account is locked.
    const second = because(run, 'uccx1', 'Finesse desktop, agent');
    expect(second).toMatch(/^signing in as agent1 was refused; uccx1 asks 8443 on cucm1, which presents /);
    // All of it is one problem: what CUCM presents.
    const { problems } = summarise(run);
    expect(problems.filter(({ symptoms }) => symptoms.length > 0).map(({ fault }) => fault)).toEqual([
      'unsupported-critical-extension',
    ]);
    expect(problems.map(({ fault }) => fault)).not.toContain('browser-refuses');
    expectNoSecrets(run, outFolder(), running.lab);
  });

  test('a node that was left out of the certificate: the desktop does not fail over to it', async () => {
    const leftOut: Change['change'] = (lab) => lab.install('uccx2', { names: [lab.machine('uccx1').fqdn] });
    const run = await browseBroken(running.lab, leftOut, ['Finesse failover', 'Finesse sign-in']);
    expect(because(run, 'uccx1', 'Finesse sign-in')).toBe('absent');
    expect(because(run, 'uccx1', 'Finesse failover, agent')).toMatch(
      /8445 on uccx2 presents .*for uccx1\.lab\.example,.*ERR_CERT_COMMON_NAME_INVALID/,
    );
    expect(because(run, 'uccx2', 'Finesse sign-in')).toContain('net::ERR_CERT_COMMON_NAME_INVALID');
  });

  test('the certificate of CCP was not imported: chat fails on that node, and CCP is named', async () => {
    await using other = await startTestLab('127.141.0.0/16');
    const run = await browseBroken(other.lab, ccpCertificateNotImported.change, ['Chat']);
    expect(because(run, 'uccx1', 'Chat, agent')).toMatch(
      /Unable to retrieve spec .*Finesse on uccx1 does not get the gadget from 443 on ccp1/,
    );
    expect(because(run, 'uccx2', 'Chat, agent')).toBe('absent');
  });

  test('a selector that finds nothing: the part is named, and where it was looked for', async () => {
    const file = await changedInventory((inventory) => {
      inventory.machines = { uccx1: inventory.machines['uccx1']! };
      inventory.selectors = { 'Finesse desktop': { ready: '#no-such-choice', state: '#identity-menu' } };
    });
    const run = await browseLab(['Finesse desktop'], file);
    expect(because(run, 'uccx1', 'Finesse desktop, agent')).toMatch(
      /^expected and not seen: agent agent1 is signed in .* \(#identity-menu \(state under selectors in changed.yaml\) of Finesse desktop: says ".*"\)/,
    );
    expect(failureInAllure('Finesse desktop, agent on uccx1:')).not.toContain('locator');
    const kept = readdirSync(join(outFolder(), 'allure-results'));
    expect(kept.filter((name) => name.endsWith('.md'))).toEqual([]);
    expect(
      kept.filter((name) => readFileSync(join(outFolder(), 'allure-results', name)).includes('error-context')),
    ).toEqual([]);
  });

  test('a selector that finds nothing where the documented one does: the inventory is named, and the page not judged', async () => {
    const file = await changedInventory((inventory) => {
      inventory.machines = { uccx1: inventory.machines['uccx1']! };
      inventory.selectors = {
        'Finesse sign-in': { userName: '#nosuch' },
        'Finesse administration': { userName: '#nosuch >> visible=true' },
      };
    });
    const run = await browseLab(['Finesse sign-in', 'Finesse desktop', 'Finesse administration'], file);
    const mistake =
      '#nosuch, which selectors in changed.yaml give for userName of Finesse sign-in, is not to be seen, and the documented #username is';
    expect(because(run, 'uccx1', 'Finesse sign-in')).toBe(mistake);
    expect(because(run, 'uccx1', 'Finesse desktop, agent')).toBe(mistake);
    expect(because(run, 'uccx1', 'Finesse administration')).toMatch(/^#nosuch >> visible=true, which selectors in /);
  });

  test('a gadget whose server does not answer: the error is named', async () => {
    const file = await changedInventory((inventory) => {
      const uccx1 = inventory.machines['uccx1']!;
      inventory.machines = { uccx1: { ...uccx1, connect: { 8444: '127.73.0.254:8444' } } };
    });
    const run = await browseLab(['Live Data permalink', 'Live Data gadgets'], file);
    expect(because(run, 'uccx1', 'Live Data permalink, report user')).toBe(
      'the browser gets no answer: connection refused',
    );
    expect(because(run, 'uccx1', 'Live Data gadgets, agent')).toMatch(
      /^expected and not seen: the gadget .* shows data \(the rows of the report of Live Data: not there\); it says "Loading…"; https:\/\/uccx1\S+:8444 does not answer \(net::ERR_CONNECTION_REFUSED\)/,
    );
  });

  test('a PC without anchors: every page is refused, and nobody is signed in', async () => {
    const file = await changedInventory((inventory) => (inventory.clients = { stranger: {} }));
    const run = await browseLab(['Finesse desktop', 'Finesse sign-in'], file);
    expect(new Set(outcomes(run).map((line) => line.split(' ')[1]))).toEqual(
      new Set(['net::ERR_CERT_AUTHORITY_INVALID']),
    );
  });
});
