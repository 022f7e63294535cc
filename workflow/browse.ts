import { existsSync, readFileSync } from 'node:fs';
import { rm } from 'node:fs/promises';
import { join } from 'node:path';
import * as z from 'zod';
import { UsageError } from '#model/errors.ts';
import { isPresent } from '#model/verdict.ts';
import type { BrowserName } from '#model/inventory.ts';
import { Sha256 } from '#model/names.ts';
import { Observation, type ProbeFailure } from '#model/observation.ts';
import type { Run } from '#model/run.ts';
import { faults } from '#faults/index.ts';
import { browserVariables } from '#browsers/variables.ts';
import { seenWith } from '#inventory/browser.ts';
import type { Inventory, Person } from '#inventory/load.ts';
import { loadSecret } from '#inventory/secret.ts';
import type { Opening } from '#inventory/pages.ts';
import { tellCauses } from './allure-causes.ts';
import { makeRun } from './make-run.ts';
import { lookAtWire, wireQuestion, type Progress } from './scan.ts';
import { putSeenFiles } from './seen-files.ts';
import { runSuites, type SuitesEnd } from './suites.ts';
import { wantedOpenings } from './wanted-pages.ts';
import { makeWorkFolder } from './work-folder.ts';

/** Faults that need a browser. */
const pageFaults = faults.filter(({ judges }) => judges === 'page');

/** What a browsing run looks at. */
export interface BrowseRequest {
  readonly command: readonly string[];
  readonly judgeAt: Date | null;
  /** Folder that takes the screenshots, the traces and the Allure results; the run names its files relative to it. */
  readonly outFolder: string;
  /** Clients to look through; all unless said. */
  readonly clients?: readonly string[];
  /** What all clients browse with; what the inventory says of each unless said. */
  readonly browser?: BrowserName;
  /** Pages to look at, without regard to case; all unless said. */
  readonly pages?: readonly string[];
  /** Show on standard error what the suites say. */
  readonly verbose?: boolean;
  /** Told what a person who interrupts must know. */
  readonly tell?: (line: string) => void;
  /** Told of each page that has ended: `page 12 of 45: …`. */
  readonly pageEnded?: (line: string) => void;
}

/** What the suites brought home. */
const Seen = z.strictObject({
  observations: z.array(Observation),
  certificates: z.record(Sha256, z.base64()),
});
type Seen = z.infer<typeof Seen>;

/** Opens every page in the browser of every client, probes the wire beside it, and judges both: a refusal stands beside its cause. */
export async function browse(written: Inventory, request: BrowseRequest, progress?: Progress): Promise<Run> {
  const startedAt = new Date();
  const inventory = seenWith(written, request.browser);
  const { snapshot, limits } = inventory;
  const wanted = wantedOpenings(inventory, request);
  refuseMissingBrowser(wanted);
  // A password that is not there is said once, before anything is opened.
  for (const { password } of inventory.people) loadSecret(password, inventory.file);
  const [wire, seen] = await Promise.all([
    lookAtWire({ inventory: snapshot, limits, deep: false }, progress),
    lookAtPages(inventory, request, wanted),
  ]);
  const { asked, faults: chosen } = wireQuestion({ inventory: snapshot, deep: false }, ['pages']);
  const all = wanted.length === 0 ? chosen : [...chosen, ...pageFaults];
  const run = makeRun({
    ...request,
    startedAt,
    faults: all,
    asked: {
      faults: all.map(({ id }) => id),
      kinds: wanted.length === 0 ? asked.kinds : [...asked.kinds, 'browser-page'],
      notAsked: [...asked.notAsked, ...notOpened(wanted, seen.observations)],
    },
    inventory: snapshot,
    observations: [...wire.observations, ...seen.observations],
    certificates: { ...inventory.certificates, ...wire.certificates, ...seen.certificates },
    stoppedAt: seen.stoppedAt,
  });
  tellCauses(join(request.outFolder, 'allure-results'), run);
  const refused = withoutCause(
    inventory.people.filter(({ user }) => [...seen.refused, ...unsettledIn(run)].includes(user)),
    run,
  );
  if (refused.length === 0) return run;
  const replaced = new Set(inventory.people.filter((person) => !refused.includes(person)).map(({ role }) => role));
  return {
    ...run,
    refusedAccounts: refused.map(({ name, user, role }) => ({ name, user, replaced: replaced.has(role) })),
  };
}

/** A browser that somebody named and that is not there is said before anything is looked at. */
function refuseMissingBrowser(wanted: readonly Opening[]): void {
  for (const browser of new Set(wanted.map(({ client }) => client.browser ?? 'chromium'))) {
    const variable = browserVariables[browser] ?? '';
    const named = process.env[variable] ?? '';
    if (named === '' || existsSync(named)) continue;
    throw new UsageError({
      seen: `${variable} names ${named}, and there is no such file.`,
      matters: 'What people see at their PCs is not known without a browser.',
      todo: `Name the file of the browser in ${variable}, or unset it: then uccert takes one that is installed.`,
    });
  }
}

const nothingToOpen = 'what a browser shows: no client of the inventory opens a page that the suites know';

/** What lies behind a page that people miss is not seen: a second fault may wait there. */
function notOpened(wanted: readonly Opening[], seen: readonly Observation[]): readonly string[] {
  if (wanted.length === 0) return [nothingToOpen];
  const isMissed = seen.some(
    (page) => page.kind === 'browser-page' && page.outcome === 'recorded' && page.value.outcome !== 'shown',
  );
  return isMissed ? [behindMissed] : [];
}

const behindMissed =
  'what people would meet behind a page that does not open or work (browse again once it does; uccert trust looks at the stores now)';

async function lookAtPages(
  inventory: Inventory,
  request: BrowseRequest,
  wanted: readonly Opening[],
): Promise<Seen & Pick<SuitesEnd, 'stoppedAt' | 'refused'>> {
  if (wanted.length === 0) return { observations: [], certificates: {}, stoppedAt: null, refused: [] };
  const work = makeWorkFolder('work');
  try {
    const end = await runSuites({
      ...request,
      ...(request.pages === undefined ? {} : { pages: [...new Set(wanted.map(({ name }) => name))] }),
      inventoryFile: inventory.file,
      work,
    });
    const seen = readSeen(join(work, 'observations.json'));
    putSeenFiles(work, request.outFolder);
    tellWhoIsLeft(end, request);
    const observations = wanted.map((opening) => observationOf(opening, seen, end));
    return { ...seen, observations, stoppedAt: end.stoppedAt, refused: end.refused };
  } finally {
    await rm(work, { recursive: true, force: true, maxRetries: 3 });
  }
}

/** Accounts that could not be signed out again. */
function tellWhoIsLeft({ stillSignedIn }: SuitesEnd, { tell }: BrowseRequest): void {
  if (stillSignedIn.length > 0)
    tell?.(`May still be signed in: ${stillSignedIn.join(', ')}. Sign them out before the next run.`);
}

/** Accounts of which it is not known whether their passwords are wrong. */
function unsettledIn({ findings }: Run): readonly string[] {
  return findings.flatMap(({ verdict }) =>
    verdict.status !== 'inconclusive'
      ? []
      : verdict.missing.flatMap(({ kind, failure }) =>
          kind === 'browser-page' && failure !== 'not-probed' && failure.reason === 'not-authorised'
            ? failure.as.split(', ')
            : [],
        ),
  );
}

/** Of the refused accounts those whose refusal the run puts down to nothing else: their passwords are wrong. */
function withoutCause(refused: readonly Person[], { findings }: Run): readonly Person[] {
  const explained = findings
    .filter(isPresent)
    .flatMap(({ verdict: { symptomOf, evidence } }) =>
      symptomOf === undefined ? [] : evidence.filter(({ label }) => label === 'account').map(({ value }) => value),
    );
  return refused.filter(({ user }) => !explained.some((accounts) => accounts.split(', ').includes(user)));
}

function readSeen(file: string): Seen {
  if (!existsSync(file)) return { observations: [], certificates: {} };
  return Seen.parse(JSON.parse(readFileSync(file, 'utf8')));
}

/** What was seen of a page that was asked for; a page without a word is a failure to look, never silence. */
function observationOf(
  { place }: Opening,
  { observations }: Seen,
  { said, stoppedAt, refusedAt }: SuitesEnd,
): Observation {
  const found = observations.find(
    (observation) =>
      observation.kind === 'browser-page' &&
      observation.place.machine === place.machine &&
      observation.place.port === place.port &&
      observation.place.page === place.page &&
      observation.place.client === place.client,
  );
  const refusedAccounts = [...(refusedAt.get(place.machine) ?? [])];
  if (found !== undefined) return refusedAccounts.length === 0 ? found : withRefused(found, refusedAccounts);
  const message = `the browser suites ended without a word about this page${said === '' ? '' : `: ${said}`}`;
  const failure: ProbeFailure = stoppedAt === null ? { reason: 'defect-in-uccert', message } : { reason: 'stopped' };
  return { kind: 'browser-page', place, at: new Date().toISOString(), outcome: 'failed', failure };
}

/** What a page said after the machine had refused every account, with the accounts. */
function withRefused(found: Observation, refusedAccounts: string[]): Observation {
  if (found.kind !== 'browser-page' || found.outcome === 'failed') return found;
  const { value } = found;
  return value.outcome === 'not-as-documented' ? { ...found, value: { ...value, refusedAccounts } } : found;
}
