import type { PresentFinding, Severity, Status } from '#model/finding.ts';
import { findingKey, isAtLeast, isPresent } from '#model/verdict.ts';
import { severities } from '#model/vocabulary.ts';
import { subjectMachine } from '#model/subject.ts';
import { excusedIn, knownIn, type Known, type KnownState } from '#model/known.ts';
import type { TrustLink } from '#model/link.ts';
import type { CatalogueEntry, Run } from '#model/run.ts';
import type { Source } from '#model/source.ts';
import { compare } from './endpoints.ts';
import { lostStores, lostStoreTitle, lostStoreWhere, lostStoreWords, storeKey, type LostStore } from './lost-stores.ts';
import { visible } from './escape.ts';
import { symptomWords } from './missed-pages.ts';
import { linkKey } from './trust-links.ts';
import { unjudgedOf, type Unjudged } from './unjudged.ts';
import { ambiguousMachines, foldSubjects, type Where } from './where.ts';
import { count } from './words.ts';

/** `not-well` outranks `could-not-judge-all`: a known fault is worse news than an unknown. */
export type Health = 'well' | 'not-well' | 'could-not-judge-all';

/** One cause: the findings of one fault about one certificate, wherever it is presented, or about all that share what is behind it. */
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
  /** Where the links are documented that it is about, then the fault itself; each document and section once. */
  readonly sources: readonly Source[];
  /** What to do: in this very case where all findings say the same, else in every case. */
  readonly advice: string;
  /** Why it matters, likewise. */
  readonly symptom: string;
  /** Services to restart once the stores of the links are put right; machines with the same ones together. */
  readonly restarts: readonly { readonly machines: readonly string[]; readonly services: readonly string[] }[];
  readonly where: readonly Where[];
  readonly findings: readonly PresentFinding[];
  /** What people see of it: pages that they miss. */
  readonly symptoms: readonly PresentFinding[];
}

export interface Summary {
  readonly health: Health;
  /** The answer in one or two sentences. */
  readonly headline: string;
  readonly counts: Readonly<Record<Status, number>>;
  /** Problems (causes, not findings) per severity. */
  readonly severities: Readonly<Record<Severity, number>>;
  /** From the worst and broadest down; of a file that is the wrong one, that first. */
  readonly problems: readonly Problem[];
  readonly unjudged: readonly Unjudged[];
  /** Problems that people know of: their findings are counted above, and are in neither list. */
  readonly known: readonly Known[];
  readonly notAsked: readonly string[];
}

/** What all reports say about a run. A fault of `limit` or worse means it is not well. */
export function summarise(run: Run, limit: Severity = 'major'): Summary {
  const excused = excusedIn(run);
  const counted =
    excused.size === 0 ? run : { ...run, findings: run.findings.filter((finding) => !excused.has(finding)) };
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
  const lost = lostStores(run);
  const present = run.findings.filter(isPresent);
  const byKey = new Map(present.map((finding) => [findingKey(finding), finding]));
  // One whose cause is known to people, and so not counted, stands for itself.
  const causeBehind = ({ verdict }: PresentFinding): PresentFinding | undefined => byKey.get(verdict.symptomOf ?? '');
  const groups = Map.groupBy(present, (finding) => causeOf(causeBehind(finding) ?? finding, lost));
  const catalogue = new Map(run.catalogue.map((entry) => [entry.id, entry]));
  const ambiguous = ambiguousMachines(run);
  const links = new Map((run.links ?? []).map((link) => [linkKey(link), link]));
  const sorted = [...groups.entries()]
    .map(([key, group]) => {
      const own = group.filter((finding) => causeBehind(finding) === undefined);
      const symptoms = group.filter((finding) => causeBehind(finding) !== undefined);
      return { key, problem: problemOf(own, symptoms, { catalogue, ambiguous, lost, links }) };
    })
    .sort(
      ({ key: oneKey, problem: one }, { key: otherKey, problem: other }) =>
        rank(one) - rank(other) ||
        severities.indexOf(one.severity) - severities.indexOf(other.severity) ||
        other.findings.length - one.findings.length ||
        compare(oneKey, otherKey),
    )
    .map(({ problem }) => problem);
  return causesFirst(sorted);
}

/** Of a file, what makes the rest beside the point: it answers another request, is for another machine, or will not be taken. */
const ofWrongFiles = [
  'request-key-differs',
  'pending-request-absent',
  'ca-certificate-as-end-entity',
  'name-mismatch',
  'certificate-file-unacceptable',
];

function rank({ fault, severity, findings }: Problem): number {
  const isOfFiles = findings.every(({ subject }) => subject.scope === 'file') && isAtLeast(severity, 'major');
  return isOfFiles && ofWrongFiles.includes(fault) ? ofWrongFiles.indexOf(fault) : ofWrongFiles.length;
}

/**
 * What people see comes behind the fault of the certificate that they see it for, which takes its place; where they see no certificate,
 * as of a machine that does not answer, behind all that could be why.
 */
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
  const mayBe = symptom.certificate === null || symptom.certificate === certificate;
  return fault !== symptom.fault && mayBe && isAtLeast(severity, 'major');
}

/** A certificate is one cause wherever it shows; without one, each machine (and each link) is its own. What several share behind it is one. Files that lack the same are one. */
function causeOf({ fault, subject, verdict }: PresentFinding, lost: ReadonlyMap<string, LostStore>): string {
  const store = fault === 'peer-not-trusted' ? storeKey(subject) : null;
  if (store !== null && lost.has(store)) return JSON.stringify([fault, 'store', store]);
  if (subject.scope === 'file') return JSON.stringify([fault, 'files', verdict.severity]);
  if (verdict.cause !== undefined) return JSON.stringify([fault, 'cause', verdict.cause]);
  if (verdict.certificate !== undefined) return JSON.stringify([fault, verdict.certificate]);
  const link = subject.scope === 'trust-relation' ? subject.presenter : null;
  return JSON.stringify([fault, subjectMachine(subject), link, verdict.title]);
}

/** What all of them are called in their very case; null where they are not called the same. */
function titleOf(findings: readonly PresentFinding[]): string | null {
  const [first, ...others] = new Set(findings.map(({ verdict }) => verdict.title ?? null));
  return others.length === 0 ? (first ?? null) : null;
}

interface Whole {
  readonly catalogue: ReadonlyMap<string, CatalogueEntry>;
  readonly ambiguous: ReadonlySet<string>;
  readonly lost: ReadonlyMap<string, LostStore>;
  readonly links: ReadonlyMap<string, TrustLink>;
}

function problemOf(
  findings: readonly PresentFinding[],
  symptoms: readonly PresentFinding[],
  { catalogue, ambiguous, lost, links }: Whole,
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
  const broken = findings.flatMap(({ subject }) =>
    subject.scope === 'trust-relation' ? (links.get(linkKey(subject)) ?? []) : [],
  );
  return {
    fault,
    entry,
    title: store === undefined ? (titleOf(findings) ?? entry?.title ?? fault) : lostStoreTitle(store),
    severity: worstOf([...findings, ...symptoms]),
    because:
      store === undefined
        ? [...new Set(findings.map(({ verdict }) => visible(verdict.because)))]
        : [lostStoreWords(store)],
    evidence: [...evidence].map(([label, values]) => ({ label: visible(label), values: [...values] })),
    certificate: certificates.size === 1 ? ([...certificates][0] ?? null) : null,
    sources: sourcesOf(broken, entry),
    advice: sharedBy(findings, ({ advice }) => advice) ?? entry?.advice ?? '',
    symptom: symptomWords(symptoms, sharedBy(findings, ({ symptom }) => symptom) ?? entry?.symptom ?? ''),
    restarts: restartsOf(broken),
    where:
      store === undefined
        ? foldSubjects(
            findings.map(({ subject }) => subject),
            ambiguous,
          )
        : [lostStoreWhere(store)],
    findings,
    symptoms,
  };
}

function worstOf(findings: readonly PresentFinding[]): Severity {
  return severities.find((severity) => findings.some(({ verdict }) => verdict.severity === severity)) ?? 'notice';
}

function sourcesOf(links: readonly TrustLink[], entry: CatalogueEntry | null): readonly Source[] {
  const all = [...links.flatMap(({ sources }) => sources ?? []), ...(entry?.sources ?? [])];
  return [...new Map(all.map((source) => [`${source.document} ${source.section}`, source])).values()];
}

function sharedBy(
  findings: readonly PresentFinding[],
  wordsOf: (verdict: PresentFinding['verdict']) => string | undefined,
): string | null {
  const [first, ...others] = new Set(findings.map(({ verdict }) => wordsOf(verdict)));
  return first !== undefined && others.length === 0 ? visible(first) : null;
}

function restartsOf(links: readonly TrustLink[]): Problem['restarts'] {
  const byMachine = [...Map.groupBy(links, ({ relyingParty }) => visible(relyingParty))].map(([machine, own]) => ({
    machine,
    services: [...new Set(own.flatMap(({ restarts }) => restarts.map(visible)))],
  }));
  return [...Map.groupBy(byMachine, ({ services }) => services.join())]
    .map(([, alike]) => ({ machines: alike.map(({ machine }) => machine), services: alike[0]?.services ?? [] }))
    .filter(({ services }) => services.length > 0);
}
