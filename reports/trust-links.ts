import type { Finding, PresentFinding } from '#model/finding.ts';
import { isAtLeast, isPresent } from '#model/verdict.ts';
import { severities, noticedByAgents, stoppages } from '#model/vocabulary.ts';
import { shownAt } from '#model/subject.ts';
import type { Stoppage, TrustLink } from '#model/link.ts';

import type { MachineId } from '#model/names.ts';
import type { Run } from '#model/run.ts';

/** What was decided about a link: broken where a fault is present, trusted where all were judged and none is. */
export type LinkState = 'trusted' | 'amiss' | 'broken' | 'not judged';

export type JudgedLink = TrustLink & {
  readonly state: LinkState;
  /** The faults that are present, the worst first. */
  readonly findings: readonly PresentFinding[];
  readonly isNoticedByAgents: boolean;
};

/** Faults with which nothing gets over the link. */
const broken: readonly string[] = [
  'peer-not-trusted',
  'peer-certificate-outdated-in-store',
  'trust-certificate-expired',
  'certificate-expired',
  'certificate-not-yet-valid',
  'issuer-expired',
  'service-not-listening',
  'not-tls',
];

/** Every link of the run with its verdict; null where links were not asked. */
export function linksOf(run: Run): readonly JudgedLink[] | null {
  if (run.links === undefined) return null;
  const about = Map.groupBy(
    run.findings.flatMap((finding) => (finding.subject.scope === 'trust-relation' ? [finding] : [])),
    ({ subject }) => (subject.scope === 'trust-relation' ? linkKey(subject) : ''),
  );
  const atPorts = Map.groupBy(run.findings.filter(isPresent).filter(isOfPort), ({ subject }) =>
    subject.scope === 'endpoint' ? `${subject.machine}:${String(subject.port)}` : '',
  );
  return run.links.map((link) => {
    const findings = about.get(linkKey(link)) ?? [];
    const present = [
      ...findings.filter(isPresent),
      ...('port' in link ? (atPorts.get(`${link.presenter}:${String(link.port)}`) ?? []) : []),
    ].sort((a, b) => severities.indexOf(a.verdict.severity) - severities.indexOf(b.verdict.severity));
    return {
      ...link,
      state: stateOf(findings, present),
      findings: present,
      isNoticedByAgents: noticedByAgents.includes(link.stops),
    };
  });
}

/** What people and their browsers mind: a machine goes by its own store, and the faults of the link speak of that. */
const ofPeopleAlone: readonly string[] = [
  'self-signed-certificate',
  'public-issuer-required',
  'validity-period-excessive',
];

/** What is wrong with the port itself, whichever machine opens it: trust in a certificate does not help where it has run out. */
function isOfPort({ fault, subject, verdict }: PresentFinding): boolean {
  const concernsMachines = !ofPeopleAlone.includes(fault) && isAtLeast(verdict.severity, 'major');
  return subject.scope === 'endpoint' && subject.client === undefined && concernsMachines;
}

type Ends = Pick<TrustLink, 'relyingParty' | 'store'> & Parameters<typeof shownAt>[0];

/** One link, as findings and links of a run name it. */
export function linkKey(ends: Ends): string {
  return `${ends.relyingParty} ${ends.store} < ${shownAt(ends)}`;
}

function stateOf(findings: readonly Finding[], present: readonly PresentFinding[]): LinkState {
  if (present.some(({ fault }) => broken.includes(fault))) return 'broken';
  if (present.length > 0) return 'amiss';
  const isJudged = findings.length > 0 && findings.every(({ verdict }) => verdict.status !== 'inconclusive');
  return isJudged ? 'trusted' : 'not judged';
}

const worstFirst: readonly LinkState[] = ['broken', 'amiss', 'not judged', 'trusted'];

/** The worst of several links. */
export function worstOf(links: readonly JudgedLink[]): LinkState {
  return worstFirst.find((state) => links.some((link) => link.state === state)) ?? 'trusted';
}

/** The links between machines as a table: rows rely on columns. */
export interface TrustMatrix {
  readonly rows: readonly MachineId[];
  readonly columns: readonly MachineId[];
  readonly cell: (row: MachineId, column: MachineId) => readonly JudgedLink[];
}

export function matrixOf(run: Run, links: readonly JudgedLink[]): TrustMatrix {
  const order = run.inventory.machines.map(({ id }) => id);
  const cells = Map.groupBy(links, ({ relyingParty, presenter }) => `${relyingParty} ${presenter}`);
  const parties = new Set(links.map(({ relyingParty }) => relyingParty));
  const presenters = new Set(links.map(({ presenter }) => presenter));
  return {
    rows: order.filter((id) => parties.has(id)),
    columns: order.filter((id) => presenters.has(id)),
    cell: (row, column) => cells.get(`${row} ${column}`) ?? [],
  };
}

/** How many links there are of each state, and what stops because of the broken ones, the nearest to agents first. */
export function tally(links: readonly JudgedLink[]): {
  readonly count: Readonly<Record<LinkState, number>>;
  readonly stops: readonly Stoppage[];
} {
  const count = { trusted: 0, amiss: 0, broken: 0, 'not judged': 0 };
  for (const { state } of links) count[state] += 1;
  const stopped = new Set(links.filter(({ state }) => state === 'broken').map(({ stops }) => stops));
  return { count, stops: stoppages.filter((stop) => stopped.has(stop)) };
}
