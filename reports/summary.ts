import {
  isAtLeast,
  isPresent,
  severities,
  subjectKey,
  subjectMachine,
  type Finding,
  type Missing,
  type PresentFinding,
  type Severity,
  type Status,
} from '#model/finding.ts';
import { excusedIn, knownIn, type Known, type KnownState } from '#model/known.ts';
import type { CatalogueEntry, Run } from '#model/run.ts';
import { compare } from './endpoints.ts';
import { lostStores, lostStoreTitle, lostStoreWhere, lostStoreWords, storeKey, type LostStore } from './lost-stores.ts';
import { ambiguousMachines, foldSubjects, portsWords, type Where } from './where.ts';
import { visible } from './escape.ts';
import type { FailureWords } from '#model/failure-words.ts';
import { count, failureWords } from './words.ts';

/** `not-well` outranks `could-not-judge-all`: a known fault is worse news than an unknown. */
export type Health = 'well' | 'not-well' | 'could-not-judge-all';

/** One cause: the findings of one fault about one certificate, wherever it is presented. */
export interface Problem {
  readonly fault: string;
  /** Null when the run's catalogue does not hold the fault. */
  readonly entry: CatalogueEntry | null;
  readonly title: string;
  readonly severity: Severity;
  /** What was seen, each sentence once. */
  readonly because: readonly string[];
  /** Labels in reading order, each with its distinct values. */
  readonly evidence: readonly { readonly label: string; readonly values: readonly string[] }[];
  readonly certificate: string | null;
  readonly where: readonly Where[];
  readonly findings: readonly PresentFinding[];
}

/** One reason why something could not be judged, with all it kept from being judged. */
export interface Unjudged {
  /** `uccx2 8443-8445`, `tomcat-trust of ccp`. */
  readonly of: string;
  readonly failure: FailureWords;
  /** The failure's name, for machines. */
  readonly reason: string;
  readonly findings: readonly Finding[];
}

export interface Summary {
  readonly health: Health;
  /** The answer in one or two sentences. */
  readonly headline: string;
  readonly counts: Readonly<Record<Status, number>>;
  /** Problems (causes, not findings) per severity. */
  readonly severities: Readonly<Record<Severity, number>>;
  /** From the worst and broadest down. */
  readonly problems: readonly Problem[];
  readonly unjudged: readonly Unjudged[];
  /** Problems that people know of: their findings are counted above, and are in neither list. */
  readonly known: readonly Known[];
  readonly notAsked: readonly string[];
}

/** What all reports say about a run. A fault of `limit` or worse means it is not well. */
export function summarise(run: Run, limit: Severity = 'major'): Summary {
  const excused = excusedIn(run);
  const counted = { ...run, findings: run.findings.filter((finding) => !excused.has(finding)) };
  const problems = problemsOf(counted);
  const unjudged = unjudgedOf(counted);
  const counts = { present: 0, absent: 0, 'not-applicable': 0, inconclusive: 0 };
  for (const { verdict } of run.findings) counts[verdict.status] += 1;
  const bySeverity = { critical: 0, major: 0, minor: 0, notice: 0 };
  for (const { severity } of problems) bySeverity[severity] += 1;
  const isFaulty = problems.some(({ severity }) => isAtLeast(severity, limit));
  // Nothing judged must not read as healthy.
  const isUnknown = unjudged.length > 0 || counts.present + counts.absent === 0;
  const known = knownIn(run);
  const health = isFaulty ? 'not-well' : isUnknown ? 'could-not-judge-all' : 'well';
  return {
    health,
    headline: [
      headline(health, bySeverity, counts, isTrustAsked(run)),
      ...knownWords(known),
      ...(run.stopped === undefined ? [] : ['It was stopped before the end.']),
    ].join(' '),
    counts,
    severities: bySeverity,
    problems,
    unjudged,
    known,
    notAsked: run.asked.notAsked.map(visible),
  };
}

/** The health as a person says it. */
export const healthWords: Readonly<Record<Health, string>> = {
  well: 'Well',
  'not-well': 'Not well',
  'could-not-judge-all': 'Could not judge all',
};

/** Where nobody's trust was judged, no fault found is less than it sounds. */
function isTrustAsked({ inventory, asked }: Run): boolean {
  return inventory.clients.length > 0 || !asked.kinds.includes('certificate-list');
}

function headline(
  health: Health,
  bySeverity: Summary['severities'],
  counts: Summary['counts'],
  isTrustAsked: boolean,
): string {
  const checks = counts.present + counts.absent + counts['not-applicable'] + counts.inconclusive;
  if (checks === counts['not-applicable']) return 'Nothing was judged.';
  const problems = severities.reduce((sum, severity) => sum + bySeverity[severity], 0);
  const kinds = severities
    .filter((severity) => bySeverity[severity] > 0)
    .map((severity) => `${bySeverity[severity]} ${severity}`)
    .join(', ');
  const found = problems === 0 ? 'No fault was found' : `${count(problems, 'problem')} (${kinds})`;
  const harmless = health === 'well' && problems > 0 ? ', none of which stops a function' : '';
  const unknown =
    counts.inconclusive === 0
      ? `all ${count(checks, 'check')} were judged`
      : `${counts.inconclusive} of ${count(checks, 'check')} could not be judged`;
  return `${found}${harmless}; ${unknown}.${isTrustAsked ? '' : ' Whether anybody trusts it was not asked.'}`;
}

/** What became of the known problems, in sentences. */
function knownWords(known: readonly Known[]): readonly string[] {
  const sentence = (state: KnownState, words: string): readonly string[] => {
    const number = known.filter((one) => one.state === state).length;
    return number === 0 ? [] : [`${count(number, 'known problem')} ${words}.`];
  };
  return [
    ...sentence('excused', 'left out'),
    ...sentence('run-out', 'counted again: the day is over'),
    ...sentence('not-seen', 'not seen any more'),
  ];
}

function problemsOf(run: Run): readonly Problem[] {
  const groups = new Map<string, PresentFinding[]>();
  const lost = lostStores(run);
  for (const finding of run.findings.filter(isPresent)) {
    const key = causeOf(finding, lost);
    const group = groups.get(key);
    if (group === undefined) groups.set(key, [finding]);
    else group.push(finding);
  }
  const catalogue = new Map(run.catalogue.map((entry) => [entry.id, entry]));
  const ambiguous = ambiguousMachines(run);
  const sorted = [...groups.entries()]
    .map(([key, findings]) => ({ key, problem: problemOf(findings, catalogue, ambiguous, lost) }))
    .sort(
      ({ key: oneKey, problem: one }, { key: otherKey, problem: other }) =>
        severities.indexOf(one.severity) - severities.indexOf(other.severity) ||
        other.findings.length - one.findings.length ||
        compare(oneKey, otherKey),
    )
    .map(({ problem }) => problem);
  return causesFirst(sorted);
}

/** What people see comes behind the fault of the certificate that they see it for, which takes its place. */
function causesFirst(problems: readonly Problem[]): readonly Problem[] {
  const ordered = [...problems];
  for (const symptom of problems.filter(({ fault }) => fault === 'browser-refuses')) {
    const at = ordered.indexOf(symptom);
    const causes = ordered.slice(at + 1).filter((other) => isCause(other, symptom));
    ordered.splice(at, 1);
    for (const cause of causes) ordered.splice(ordered.indexOf(cause), 1);
    ordered.splice(at, 0, ...causes, symptom);
  }
  return ordered;
}

function isCause({ fault, severity, certificate }: Problem, symptom: Problem): boolean {
  return (
    fault !== symptom.fault &&
    certificate !== null &&
    certificate === symptom.certificate &&
    isAtLeast(severity, 'major')
  );
}

/** A certificate is one cause wherever it shows; without one, each machine (and each link) is its own. Files that lack the same are one. */
function causeOf({ fault, subject, verdict }: PresentFinding, lost: ReadonlyMap<string, LostStore>): string {
  const store = fault === 'peer-not-trusted' ? storeKey(subject) : null;
  if (store !== null && lost.has(store)) return JSON.stringify([fault, 'store', store]);
  if (subject.scope === 'file') return JSON.stringify([fault, 'files', verdict.severity]);
  if (verdict.certificate !== undefined) return JSON.stringify([fault, verdict.certificate]);
  const link = subject.scope === 'trust-relation' ? subject.presenter : null;
  return JSON.stringify([fault, subjectMachine(subject), link]);
}

function problemOf(
  findings: readonly PresentFinding[],
  catalogue: ReadonlyMap<string, CatalogueEntry>,
  ambiguous: ReadonlySet<string>,
  lost: ReadonlyMap<string, LostStore>,
): Problem {
  const fault = findings[0]?.fault ?? '';
  const key = fault === 'peer-not-trusted' && findings[0] !== undefined ? storeKey(findings[0].subject) : null;
  const store = key === null ? undefined : lost.get(key);
  const entry = catalogue.get(fault) ?? null;
  const evidence = new Map<string, Set<string>>();
  for (const { verdict } of findings) {
    for (const { label, value } of verdict.evidence) {
      evidence.set(label, (evidence.get(label) ?? new Set()).add(visible(value)));
    }
  }
  const certificates = new Set(findings.map(({ verdict }) => verdict.certificate ?? null));
  return {
    fault,
    entry,
    title: store === undefined ? (entry?.title ?? fault) : lostStoreTitle(store),
    severity: severities.find((severity) => findings.some(({ verdict }) => verdict.severity === severity)) ?? 'notice',
    because:
      store === undefined
        ? [...new Set(findings.map(({ verdict }) => visible(verdict.because)))]
        : [lostStoreWords(store)],
    evidence: [...evidence].map(([label, values]) => ({ label: visible(label), values: [...values] })),
    certificate: certificates.size === 1 ? ([...certificates][0] ?? null) : null,
    where:
      store === undefined
        ? foldSubjects(
            findings.map(({ subject }) => subject),
            ambiguous,
          )
        : [lostStoreWhere(store)],
    findings,
  };
}

/** What failed alike is one line: ports of a machine, stores of whichever machine, pages where it is not the page's own failure. */
type Alike = 'ports' | 'stores' | 'pages' | 'one';

/** Each finding is counted once, under the first thing it lacked. */
function unjudgedOf(run: Run): readonly Unjudged[] {
  interface Group {
    readonly alike: Alike;
    readonly places: Set<string>;
    readonly failure: Missing['failure'];
    readonly findings: Finding[];
  }
  const machines = new Set<string>(run.inventory.machines.map(({ id }) => id));
  const machineIn = (pattern: RegExp, of: string): string | undefined => {
    const found = pattern.exec(of)?.[1];
    return found !== undefined && machines.has(found) ? found : undefined;
  };
  const groups = new Map<string, Group>();
  for (const finding of run.findings) {
    if (finding.verdict.status !== 'inconclusive') continue;
    const [missing] = finding.verdict.missing;
    if (missing === undefined) continue;
    const { of, failure } = missing;
    const ofPort = machineIn(endpoint, of);
    const alike: Alike =
      ofPort !== undefined
        ? 'ports'
        : machineIn(machineStore, of) !== undefined
          ? 'stores'
          : isOfAllPages(missing)
            ? 'pages'
            : 'one';
    const key = JSON.stringify([alike, ofPort ?? (alike === 'one' ? of : null), failure]);
    const group = groups.get(key) ?? { alike, places: new Set(), failure, findings: [] };
    group.places.add(of);
    group.findings.push(finding);
    groups.set(key, group);
  }
  return [...groups.values()]
    .map(({ alike, places, failure, findings }) => ({
      of: visible(placesWords[alike]([...places], findings)),
      failure: failureWords(failure),
      reason: failure === 'not-probed' ? failure : failure.reason,
      findings,
    }))
    .sort((one, other) => other.findings.length - one.findings.length || compare(one.of, other.of));
}

const endpoint = /^(.+):\d+$/;
const machineStore = /^\S+ of (\S+)$/;

const placesWords: Readonly<Record<Alike, (places: readonly string[], findings: readonly Finding[]) => string>> = {
  ports: (places) => {
    const ports = places.map((place) => Number(place.slice(place.lastIndexOf(':') + 1)));
    return endpointsWords(endpoint.exec(places[0] ?? '')?.[1] ?? '', ports);
  },
  stores: (places) => {
    const [first = ''] = places;
    if (places.length === 1) return first;
    const machines = new Set(places.map((place) => machineStore.exec(place)?.[1] ?? ''));
    return `${String(places.length)} stores of ${[...machines].sort(compare).join(', ')}`;
  },
  pages: ([of = ''], findings) => pagesInWords(of, findings),
  one: ([of = '']) => of,
};

/** Whether what failed is not the page's: an account, the browser, or that somebody stopped. It is said once. */
function isOfAllPages({ kind, failure }: Missing): boolean {
  if (kind !== 'browser-page' || failure === 'not-probed') return false;
  return ['not-authorised', 'account-in-use', 'no-account', 'browser-unavailable', 'stopped'].includes(failure.reason);
}

/** The place, or how many pages share its failure. */
function pagesInWords(of: string, findings: readonly Finding[]): string {
  const machines = new Set(findings.map(({ subject }) => subjectMachine(subject)));
  const pages = new Set(findings.map(({ subject }) => subjectKey(subject))).size;
  return pages < 2 ? of : `${String(pages)} pages of ${[...machines].join(', ')}`;
}

function endpointsWords(machine: string, ports: readonly number[]): string {
  const [only] = ports;
  if (ports.length === 1 && only !== undefined) return `${machine}:${only}`;
  return `${machine} ${portsWords([...ports].sort((one, other) => one - other))}`;
}

/** `uccx2:8444 could not be looked at: connection refused (20 checks not judged)`. */
export function unjudgedWords({ of, failure, findings }: Unjudged): string {
  return `${of} could not be looked at: ${failure.seen} (${count(findings.length, 'check')} not judged)`;
}
