import { spawn } from 'node:child_process';
import { existsSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { createRequire } from 'node:module';
import { constants } from 'node:os';
import { extname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { stripVTControlCharacters } from 'node:util';
import { UsageError } from '#model/errors.ts';
import type { BrowserName } from '#model/inventory.ts';

/** Which pages the suites open, and through whose eyes. */
export interface SuitesRequest {
  readonly inventoryFile: string;
  /** Folder that takes what they see; it goes with whoever ends them by force. */
  readonly work: string;
  readonly clients?: readonly string[];
  /** What all clients browse with. */
  readonly browser?: BrowserName;
  readonly pages?: readonly string[];
  /** Show on standard error what they say. */
  readonly verbose?: boolean;
  /** Told what a person who interrupts must know. */
  readonly tell?: (line: string) => void;
  /** Told of each page that has ended: `page 12 of 45: …`. */
  readonly pageEnded?: (line: string) => void;
}

/** How the suites ended. */
export interface SuitesEnd {
  /** What they said on standard error. */
  readonly said: string;
  /** When somebody interrupted them; they signed their accounts out first. */
  readonly stoppedAt: Date | null;
  /** `agent1 at uccx1`: test accounts that could not be signed out again. */
  readonly stillSignedIn: readonly string[];
  /** Test accounts whose password is wrong, each once. */
  readonly refused: readonly string[];
  /** Test accounts that a machine refused, which took none of them. */
  readonly refusedAt: ReadonlyMap<string, readonly string[]>;
}

const endings = ['SIGINT', 'SIGTERM', 'SIGHUP'] as const;

/**
 * Runs the suites in a process of their own. Interrupted, they end their tests, which signs everybody out; interrupted again,
 * all ends at once.
 */
export async function runSuites(request: SuitesRequest): Promise<SuitesEnd> {
  const { work, verbose = false, tell } = request;
  // First: where it is missing there is no Playwright either.
  const file = config();
  const child = spawn(process.execPath, [program(), 'test', '--config', file], {
    env: {
      ...process.env,
      UCCERT_INVENTORY: request.inventoryFile,
      UCCERT_BROWSE_OUT: work,
      ...(request.pages === undefined ? {} : { UCCERT_PAGES: request.pages.join(',') }),
      ...(request.browser === undefined ? {} : { UCCERT_BROWSER: request.browser }),
      ...(request.clients === undefined ? {} : { UCCERT_CLIENTS: request.clients.join(',') }),
    },
    // Over the channel comes a line for each page; where it closes, nobody waits for the suites any more (suites/run-reporter.ts).
    stdio: ['ignore', verbose ? 2 : 'ignore', 'pipe', 'ipc'],
    // A terminal would interrupt it too, and being told twice it leaves at once, with people signed in.
    detached: true,
  });
  let stoppedAt: Date | null = null;
  const end = (signal: NodeJS.Signals): void => {
    if (stoppedAt === null) {
      stoppedAt = new Date();
      child.kill('SIGINT');
      tell?.('Stopping: the test accounts are signed out first. Once more ends all at once.');
      return;
    }
    const left = signedIn(work);
    if (left.length > 0) tell?.(`Ended at once. May still be signed in: ${left.join(', ')}.`);
    else tell?.('Ended at once. No test account is left signed in.');
    // Its own group: the processes of the tests, and with them their browser.
    if (child.pid !== undefined) process.kill(-child.pid, 'SIGKILL');
    rmSync(work, { recursive: true, force: true, maxRetries: 3 });
    process.exit(128 + constants.signals[signal]);
  };
  for (const signal of endings) process.on(signal, end);
  child.on('message', (line) => {
    if (typeof line === 'string') request.pageEnded?.(line);
  });
  let said = '';
  child.stderr?.on('data', (data: Buffer) => {
    if (verbose) process.stderr.write(data);
    said = `${said}${data.toString()}`.slice(-2000);
  });
  try {
    // The exit code says whether a page was refused, which the observations say better.
    await new Promise((resolve, reject) => {
      child.once('error', reject);
      child.once('close', resolve);
    });
  } finally {
    for (const signal of endings) process.off(signal, end);
  }
  return {
    said: stripVTControlCharacters(said).replaceAll(/\s+/g, ' ').trim(),
    stoppedAt,
    stillSignedIn: signedIn(work),
    ...refusedAccounts(work),
  };
}

function config(): string {
  const file = fileURLToPath(new URL(`../playwright.config${extname(import.meta.url)}`, import.meta.url));
  if (existsSync(file)) return file;
  throw new UsageError({
    seen: 'This uccert was built without the suites of the browser.',
    matters: 'Nothing can be looked at as people see it.',
    todo: 'Run uccert browse from the repository.',
  });
}

function program(): string {
  return createRequire(import.meta.url).resolve('@playwright/test/cli');
}

/** `agent1 at uccx1`: accounts that the suites signed in, or were about to, and have not signed out. */
function signedIn(work: string): string[] {
  const folder = join(work, 'signed-in');
  return existsSync(folder) ? readdirSync(folder).map(decodeURIComponent).sort() : [];
}

/** Accounts whose refusal was their own; what one machine refused to everybody has ` at ` in its line (suites/ledger.ts). */
function refusedAccounts(work: string): Pick<SuitesEnd, 'refused' | 'refusedAt'> {
  const file = join(work, 'refused-accounts');
  const lines = existsSync(file) ? readFileSync(file, 'utf8').split('\n') : [];
  const refused = new Set(lines.filter((line) => line !== '' && !line.includes(' at ')));
  const byMachine = Map.groupBy(
    [...new Set(lines)].filter((line) => line.includes(' at ')).map((line) => line.split(' at ')),
    ([, machine = '']) => machine,
  );
  const refusedAt = new Map(
    [...byMachine].map(([machine, all]) => [
      machine,
      all.flatMap(([user = '']) => (refused.has(user) ? [] : [user])).sort(),
    ]),
  );
  return { refused: [...refused], refusedAt };
}
