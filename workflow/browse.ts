import { spawn } from 'node:child_process';
import { cpSync, existsSync, mkdirSync, readFileSync } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { extname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { stripVTControlCharacters } from 'node:util';
import { z } from 'zod';
import { UsageError } from '#model/errors.ts';
import { Sha256 } from '#model/names.ts';
import { Observation, type ProbeFailure } from '#model/observation.ts';
import type { Run } from '#model/run.ts';
import { faults } from '#faults/index.ts';
import type { Inventory } from '#inventory/load.ts';
import { loadSecret } from '#inventory/secret.ts';
import { openingsOf, pageNames, type Opening } from '#inventory/pages.ts';
import { makeRun } from './make-run.ts';
import { lookAtWire, wireQuestion, type Progress } from './scan.ts';

/** Faults that need a browser. */
const pageFaults = faults.filter(({ judges }) => judges === 'page');

/** What a browsing run looks at. */
export interface BrowseRequest {
  readonly command: readonly string[];
  readonly judgeAt: Date | null;
  /** Folder that takes the screenshots and the Allure results; the run names screenshots relative to it. */
  readonly outFolder: string;
  /** Clients to look through; all unless said. */
  readonly clients?: readonly string[];
  /** Pages to look at; all unless said. */
  readonly pages?: readonly string[];
  /** Show on standard error what the suites say. */
  readonly verbose?: boolean;
}

/** What the suites brought home. */
const Seen = z.strictObject({
  observations: z.array(Observation),
  certificates: z.record(Sha256, z.base64()),
});
type Seen = z.infer<typeof Seen>;

/** Opens every page in the browser of every client, probes the wire beside it, and judges both: a refusal stands beside its cause. */
export async function browse(inventory: Inventory, request: BrowseRequest, progress?: Progress): Promise<Run> {
  const startedAt = new Date();
  const { snapshot, limits } = inventory;
  const wanted = wantedOf(inventory, request);
  // A password that is not there is said once, before anything is opened.
  for (const { password } of inventory.people) loadSecret(password, inventory.file);
  const [wire, seen] = await Promise.all([
    lookAtWire({ inventory: snapshot, limits, deep: false }, progress),
    lookAtPages(inventory, request, wanted),
  ]);
  const { asked, faults: chosen } = wireQuestion({ inventory: snapshot, deep: false }, ['pages']);
  const all = wanted.length === 0 ? chosen : [...chosen, ...pageFaults];
  return makeRun({
    ...request,
    startedAt,
    faults: all,
    asked: {
      faults: all.map(({ id }) => id),
      kinds: wanted.length === 0 ? asked.kinds : [...asked.kinds, 'browser-page'],
      notAsked: wanted.length === 0 ? [...asked.notAsked, nothingToOpen] : asked.notAsked,
    },
    inventory: snapshot,
    observations: [...wire.observations, ...seen.observations],
    certificates: { ...inventory.certificates, ...wire.certificates, ...seen.certificates },
  });
}

const nothingToOpen = 'what a browser shows: no client of the inventory opens a page that the suites know';

function wantedOf({ file, snapshot }: Inventory, { clients, pages }: BrowseRequest): Opening[] {
  const unknown = clients?.filter((name) => !snapshot.clients.some(({ id }) => id === name)) ?? [];
  if (unknown.length > 0) {
    throw new UsageError({
      seen: `${file} has no client ${unknown.join(', ')}.`,
      matters: 'What a browser shows depends on whom its PC trusts.',
      todo: `Name one of: ${snapshot.clients.map(({ id }) => id).join(', ') || 'none yet'}.`,
    });
  }
  const strange = pages?.filter((name) => pageNames.every((known) => known !== name)) ?? [];
  if (strange.length > 0) {
    throw new UsageError({
      seen: `The suites know no page ${strange.join(', ')}.`,
      matters: 'What nobody knows how to open would not be looked at.',
      todo: `Name one of: ${pageNames.join(', ')}.`,
    });
  }
  return openingsOf(snapshot)
    .filter(({ client }) => clients?.includes(client.id) ?? true)
    .filter(({ name }) => pages?.includes(name) ?? true);
}

async function lookAtPages(inventory: Inventory, request: BrowseRequest, wanted: readonly Opening[]): Promise<Seen> {
  if (wanted.length === 0) return { observations: [], certificates: {} };
  const work = await mkdtemp(join(tmpdir(), 'uccert-browse-'));
  try {
    const said = await runSuites(inventory, request, work);
    const seen = readSeen(join(work, 'observations.json'));
    for (const name of ['screenshots', 'allure-results']) {
      if (!existsSync(join(work, name))) continue;
      mkdirSync(request.outFolder, { recursive: true });
      cpSync(join(work, name), join(request.outFolder, name), { recursive: true });
    }
    return { ...seen, observations: wanted.map((opening) => observationOf(opening, seen, said)) };
  } finally {
    await rm(work, { recursive: true, force: true, maxRetries: 3 });
  }
}

const endings = ['SIGINT', 'SIGTERM', 'SIGHUP'] as const;

/** Runs the suites in a process of their own. Gives back what they said on standard error. */
async function runSuites(inventory: Inventory, request: BrowseRequest, work: string): Promise<string> {
  const config = fileURLToPath(new URL(`../playwright.config${extname(import.meta.url)}`, import.meta.url));
  if (!existsSync(config)) {
    throw new UsageError({
      seen: 'This uccert was built without the suites of the browser.',
      matters: 'Nothing can be looked at as people see it.',
      todo: 'Run uccert browse from the repository.',
    });
  }
  const program = createRequire(import.meta.url).resolve('@playwright/test/cli');
  const child = spawn(process.execPath, [program, 'test', '--config', config], {
    env: {
      ...process.env,
      UCCERT_INVENTORY: inventory.file,
      UCCERT_BROWSE_OUT: work,
      ...(request.pages === undefined ? {} : { UCCERT_PAGES: request.pages.join(',') }),
      ...(request.clients === undefined ? {} : { UCCERT_CLIENTS: request.clients.join(',') }),
    },
    stdio: ['ignore', request.verbose === true ? 2 : 'ignore', 'pipe'],
    // A terminal would interrupt it too, and being told twice it leaves at once, with people signed in.
    detached: true,
  });
  let ended: NodeJS.Signals | null = null;
  const end = (signal: NodeJS.Signals): void => {
    if (ended === null) child.kill('SIGINT');
    ended = signal;
  };
  for (const signal of endings) process.on(signal, end);
  let said = '';
  child.stderr?.on('data', (data: Buffer) => {
    if (request.verbose === true) process.stderr.write(data);
    said = `${said}${data.toString()}`.slice(-2000);
  });
  return new Promise((resolve, reject) => {
    child.once('error', reject);
    // The exit code says whether a page was refused, which the observations say better.
    child.once('close', () => {
      for (const signal of endings) process.off(signal, end);
      // Whoever was signed in is signed out by now.
      if (ended !== null) process.kill(process.pid, ended);
      resolve(stripVTControlCharacters(said).replaceAll(/\s+/g, ' ').trim());
    });
  });
}

function readSeen(file: string): Seen {
  if (!existsSync(file)) return { observations: [], certificates: {} };
  return Seen.parse(JSON.parse(readFileSync(file, 'utf8')));
}

/** What was seen of a page that was asked for; a page without a word is a failure to look, never silence. */
function observationOf({ place }: Opening, { observations }: Seen, said: string): Observation {
  const found = observations.find(
    (observation) =>
      observation.kind === 'browser-page' &&
      observation.place.machine === place.machine &&
      observation.place.port === place.port &&
      observation.place.page === place.page &&
      observation.place.client === place.client,
  );
  if (found !== undefined) return found;
  const message = `the browser suites ended without a word about this page${said === '' ? '' : `: ${said}`}`;
  const failure: ProbeFailure = { reason: 'defect-in-uccert', message };
  return { kind: 'browser-page', place, at: new Date().toISOString(), outcome: 'failed', failure };
}
