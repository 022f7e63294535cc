import 'reflect-metadata';
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { readdirSync, readFileSync } from 'node:fs';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { afterAll, beforeAll, beforeEach, expect, test, vi } from 'vitest';
import { parse, stringify } from 'yaml';
import { Authentication } from '#lab/applications/authentication.ts';
import type { Run } from '#model/run.ts';
import { summarise } from '#reports/summary.ts';
import { renderTerminal } from '#reports/terminal.ts';
import { loadRun } from '#workflow/run-store.ts';
import { startTestLab, type TestLab } from './support/lab.ts';

/** What becomes of test accounts: refused ones, and those of a run that is interrupted. */
vi.setConfig({ testTimeout: 300_000 });

let running: TestLab;
let state: string;

beforeAll(async () => {
  running = await startTestLab('127.161.0.0/16', { signed: true });
});
afterAll(() => running[Symbol.asyncDispose]());

beforeEach(async () => {
  state = await mkdtemp(join(tmpdir(), 'uccert-accounts-'));
  return async () => {
    // A browser that was told to go at once still writes for a moment.
    await rm(state, { recursive: true, force: true, maxRetries: 20, retryDelay: 100 });
    await running.lab.reset();
  };
});

interface Browsing {
  /** Standard error so far. */
  readonly said: () => string;
  readonly end: (signal: NodeJS.Signals) => boolean;
  readonly ended: Promise<number | null>;
}

/** `uccert browse` as a person starts it. */
function browse(pages: readonly string[], inventory = running.lab.inventoryFile): Browsing {
  const names = pages.flatMap((page) => ['--page', page]);
  const child = spawn(process.execPath, [resolve('cli/main.ts'), 'browse', inventory, ...names], {
    env: { ...process.env, UCCERT_STATE: state, TMPDIR: state, NO_COLOR: '1' },
    stdio: ['ignore', 'ignore', 'pipe'],
  });
  let said = '';
  child.stderr.on('data', (data: Buffer) => (said += data.toString()));
  return {
    said: () => said,
    end: (signal) => child.kill(signal),
    ended: once(child, 'close').then(() => child.exitCode),
  };
}

function keptRun(): Run {
  const runs = join(state, 'runs');
  expect(readdirSync(runs)).toHaveLength(1);
  return loadRun('last', runs);
}

/** `failed: why`, one line per page that did not pass. */
function allureStatuses(): string[] {
  const folder = join(state, 'runs', readdirSync(join(state, 'runs'))[0]!, 'allure-results');
  const results = readdirSync(folder).filter((name) => name.endsWith('-result.json'));
  return results.map((name) => {
    const text = readFileSync(join(folder, name), 'utf8');
    const { status, statusDetails } = JSON.parse(text) as { status: string; statusDetails?: { message?: string } };
    return `${status}: ${statusDetails?.message ?? ''}`;
  });
}

function whoIsSignedIn(): string[] {
  return running.lab.centre.agents.filter(({ state: now }) => now !== 'LOGOUT').map(({ id }) => id);
}

/** The outcome of each page, `uccx1 Finesse desktop, agent: shown`. */
function outcomes(run: Run): string[] {
  return run.observations.flatMap((seen) => {
    if (seen.kind !== 'browser-page') return [];
    const outcome = seen.outcome === 'failed' ? seen.failure.reason : seen.value.outcome;
    return [`${seen.place.machine} ${seen.place.page}: ${outcome}`];
  });
}

test('interrupted once, it keeps what was seen and leaves nobody signed in', async () => {
  const browsing = browse(['Finesse sign-in', 'Live Data gadgets']);
  await vi.waitUntil(() => whoIsSignedIn().length > 0, { timeout: 60_000 });
  browsing.end('SIGINT');
  expect(await browsing.ended).toBe(2);
  expect(browsing.said()).toContain('Stopping: the test accounts are signed out first.');
  expect(whoIsSignedIn()).toEqual([]);
  const run = keptRun();
  expect(run.stopped).toBeDefined();
  expect(summarise(run).headline).toContain('It was stopped before the end.');
  expect(outcomes(run)).toContain('uccx2 Live Data gadgets, supervisor: stopped');
  expect(outcomes(run).filter((line) => line.endsWith(': defect-in-uccert'))).toEqual([]);
  expect(summarise(run).unjudged.filter(({ reason }) => reason === 'stopped')).toHaveLength(1);
  const statuses = allureStatuses();
  expect(statuses).toContain('skipped: It was stopped before its end.');
  expect(statuses.filter((status) => status.startsWith('failed'))).toEqual([]);
});

test('interrupted twice, it ends at once and says who may still be signed in', async () => {
  const browsing = browse(['Live Data gadgets']);
  await vi.waitUntil(() => whoIsSignedIn().length > 0, { timeout: 60_000 });
  browsing.end('SIGINT');
  await vi.waitUntil(() => browsing.said().includes('Stopping'));
  browsing.end('SIGINT');
  expect(await browsing.ended).toBe(130);
  expect(browsing.said()).toMatch(/May still be signed in: agent1 at uccx1\./);
  expect(readdirSync(state).filter((name) => name.startsWith('uccert-'))).toEqual([]);
});

/** The inventory with a wrong password for some accounts. */
async function withWrongPasswords(...users: readonly string[]): Promise<string> {
  const inventory = parse(await readFile(running.lab.inventoryFile, 'utf8')) as {
    people: Record<string, { password: string }>;
  };
  for (const user of users) inventory.people[user]!.password = 'file:wrong-password';
  await writeFile(join(running.lab.folder, 'wrong-password'), 'not this one\n');
  const file = join(running.lab.folder, 'wrong-passwords.yaml');
  await writeFile(file, stringify(inventory));
  return file;
}

test('a wrong password is said once, as the account’s, and is tried once', async () => {
  const wrong = ['agent1', 'report1', 'ccxadmin'];
  const tried: string[] = [];
  // eslint-disable-next-line @typescript-eslint/unbound-method -- called with its own this below
  const original = Authentication.prototype.signIn;
  const signIn = vi.spyOn(Authentication.prototype, 'signIn').mockImplementation(function (
    this: Authentication,
    host,
    given,
  ) {
    if (given?.password === 'not this one') tried.push(given.user);
    return original.call(this, host, given);
  });
  const pages = ['Finesse desktop', 'Finesse call', 'Unified Intelligence Center', 'Unified CCX Administration'];
  const browsing = browse(pages, await withWrongPasswords(...wrong));
  expect(await browsing.ended).toBe(2);
  signIn.mockRestore();
  const run = keptRun();
  expect(tried.sort()).toEqual([...wrong].sort());
  expect(run.findings.filter(({ verdict }) => verdict.status === 'present')).toEqual([]);
  const unjudged = summarise(run).unjudged.filter(({ reason }) => reason === 'not-authorised');
  expect(unjudged.map(({ failure }) => failure.seen)).toEqual(['signing in as ccxadmin, report1 was refused']);
  expect(run.refusedAccounts?.map(({ user }) => user).sort()).toEqual([...wrong].sort());
  expect(renderTerminal(run, null, { colour: false, width: 100, isVerbose: false })).toMatch(
    /test accounts[^]*agent1: its password was refused, [^]*another account of the role[^]*people\.agent1\.password/,
  );
  // Other accounts of the role do what it would have done.
  expect(outcomes(run)).toContain('uccx1 Finesse desktop, agent: shown');
  expect(outcomes(run)).toContain('uccx2 Finesse call, agent: shown');
  expect(outcomes(run)).toContain('uccx1 Finesse desktop, supervisor: shown');
});

test('where every account is refused, and CUCM is well, it is not judged: the passwords come first', async () => {
  const wrong = ['agent1', 'agent2', 'agent3', 'supervisor1', 'report1', 'ccxadmin'];
  const pages = ['Finesse desktop', 'Unified Intelligence Center', 'Unified CCX Administration'];
  const browsing = browse(pages, await withWrongPasswords(...wrong));
  expect(await browsing.ended, browsing.said()).toBe(2);
  const run = keptRun();
  const { problems, unjudged } = summarise(run);
  expect(problems).toEqual([]);
  expect(unjudged.map(({ failure }) => failure.seen)).toEqual([
    'signing in as agent1, agent2, agent3, ccxadmin, report1, supervisor1 was refused',
  ]);
  expect(unjudged[0]?.failure.advice).toMatch(/^Check the password.* UCCX may be unable to ask CUCM/);
  expect(run.refusedAccounts?.map(({ user }) => user).sort()).toEqual([...wrong].sort());
  const text = renderTerminal(run, null, { colour: false, width: 100, isVerbose: false });
  expect(text).not.toContain('another account of the role');
  expect(text.replaceAll(/\s+/g, ' ').split('was refused (8 checks not judged)')).toHaveLength(2);
});

test('where the form refuses an account, the page is opened with another one of the role', async () => {
  const inventory = parse(await readFile(running.lab.inventoryFile, 'utf8')) as {
    people: Record<string, { password: string }>;
  };
  const { report1, ccxadmin } = inventory.people;
  await writeFile(join(running.lab.folder, 'wrong-password'), 'not this one\n');
  const wrong = { password: 'file:wrong-password' };
  // The lab has one account of each role: before it stands one that is nobody.
  inventory.people = {
    nobody1: { ...report1!, user: 'nobody1', ...wrong },
    nobody2: { ...ccxadmin!, user: 'nobody2', ...wrong },
    ...inventory.people,
  } as typeof inventory.people;
  const file = join(running.lab.folder, 'another-account.yaml');
  await writeFile(file, stringify(inventory));
  const browsing = browse(['Unified Intelligence Center', 'Unified CCX Administration'], file);
  expect(await browsing.ended, browsing.said()).toBe(0);
  const run = keptRun();
  expect(outcomes(run).filter((line) => !line.endsWith(': shown'))).toEqual([]);
  expect(run.refusedAccounts?.map(({ user }) => user).sort()).toEqual(['nobody1', 'nobody2']);
});

/** The suites as a person runs them, without `uccert browse`. */
async function playwright(inventory: string): Promise<{ readonly code: number | null; readonly said: string }> {
  const config = ['--output', join(state, 'results'), '--reporter', resolve('suites/judged-reporter.ts')];
  const program = createRequire(import.meta.url).resolve('@playwright/test/cli');
  const child = spawn(process.execPath, [program, 'test', 'finesse-failover', ...config], {
    env: { ...process.env, UCCERT_INVENTORY: inventory, TMPDIR: state, NO_COLOR: '1' },
    stdio: ['ignore', 'ignore', 'pipe'],
  });
  let said = '';
  child.stderr.on('data', (data: Buffer) => (said += data.toString()));
  await once(child, 'close');
  return { code: child.exitCode, said };
}

test('suites that judged nothing end with a failure, and say why', async () => {
  const inventory = parse(await readFile(running.lab.inventoryFile, 'utf8')) as { people: object };
  inventory.people = {};
  const file = join(running.lab.folder, 'nobody.yaml');
  await writeFile(file, stringify(inventory));
  const { code, said } = await playwright(file);
  expect(code).toBe(1);
  expect(said).toContain('Nothing was judged:\n  2 times: the inventory has no test account that is an agent\n');
});

test('suites that judged something end as they went', async () => {
  const { code, said } = await playwright(running.lab.inventoryFile);
  expect(code).toBe(0);
  expect(said).not.toContain('Nothing was judged');
});

/** Resolves when so many people are signed in, in the very moment. */
function signedIn(number: number): Promise<void> {
  const { centre } = running.lab;
  return new Promise((resolve) => {
    const look = (): void => {
      if (whoIsSignedIn().length < number) return;
      centre.off('state', look);
      resolve();
    };
    centre.on('state', look);
  });
}

test.each([
  ['the agent is signed in', 1],
  ['the caller is signed in', 2],
])('interrupted in the moment that %s, it leaves nobody signed in', async (_moment, number) => {
  const browsing = browse(['Finesse call']);
  await signedIn(number);
  browsing.end('SIGINT');
  expect(await browsing.ended).toBe(2);
  expect(browsing.said()).not.toContain('May still be signed in');
  expect(whoIsSignedIn()).toEqual([]);
});

test('killed, it leaves nobody signed in for long, and no folder with what was typed', async () => {
  const browsing = browse(['Finesse call']);
  await signedIn(2);
  browsing.end('SIGKILL');
  await browsing.ended;
  await vi.waitUntil(() => whoIsSignedIn().length === 0, { timeout: 60_000 });
  await vi.waitUntil(() => readdirSync(state).every((name) => !name.startsWith('uccert-work-')), { timeout: 60_000 });
});
