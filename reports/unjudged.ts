import type { Finding, Missing } from '#model/finding.ts';
import { subjectKey, subjectMachine } from '#model/subject.ts';
import type { FailureWords } from '#model/failure-words.ts';
import type { ProbeFailure } from '#model/observation.ts';
import type { Run } from '#model/run.ts';
import { compare } from './endpoints.ts';
import { visible } from './escape.ts';
import { pagesWords } from './missed-pages.ts';
import { portsWords } from './where.ts';
import { count, failureWords } from './words.ts';

/** One reason why something could not be judged, with all it kept from being judged. */
export interface Unjudged {
  /** `uccx2 8443-8445`, `tomcat-trust of ccp`. */
  readonly of: string;
  readonly failure: FailureWords;
  /** The failure's name, for machines. */
  readonly reason: string;
  readonly findings: readonly Finding[];
}

/** What failed alike is one line: ports of a machine, stores of whichever machine, pages whichever they are. */
type Alike = 'ports' | 'stores' | 'pages' | 'one';

/** What could not be judged, by reason, the broadest first. Each finding is counted once, under the first thing it lacked. */
export function unjudgedOf(run: Pick<Run, 'findings' | 'inventory'>): readonly Unjudged[] {
  interface Group {
    readonly alike: Alike;
    readonly places: Set<string>;
    readonly failures: Missing['failure'][];
    readonly findings: Finding[];
  }
  const machines = new Set<string>(run.inventory.machines.map(({ id }) => id));
  const machineIn = (pattern: RegExp, of: string): string | undefined => {
    const found = pattern.exec(of)?.[1];
    return found !== undefined && machines.has(found) ? found : undefined;
  };
  // What a port did not show, dozens of faults lack for one failure.
  const sorts = new Map<Missing['failure'], string>();
  const sortIn = ({ kind, failure }: Missing): string => {
    if (kind === 'browser-page') return JSON.stringify(sortOf(failure));
    const known = sorts.get(failure) ?? JSON.stringify(failureWords(failure));
    sorts.set(failure, known);
    return known;
  };
  const groups = new Map<string, Group>();
  for (const finding of run.findings) {
    if (finding.verdict.status !== 'inconclusive') continue;
    const [missing] = finding.verdict.missing;
    if (missing === undefined) continue;
    const { failure } = missing;
    const of = placeOf(missing, finding);
    const ofPort = machineIn(endpoint, of);
    const alike: Alike =
      ofPort !== undefined
        ? 'ports'
        : machineIn(machineStore, of) !== undefined
          ? 'stores'
          : missing.kind === 'browser-page'
            ? 'pages'
            : 'one';
    const key = `${alike} ${JSON.stringify(ofPort ?? (alike === 'one' ? of : null))} ${sortIn(missing)}`;
    const group = groups.get(key) ?? { alike, places: new Set(), failures: [], findings: [] };
    group.places.add(of);
    group.failures.push(failure);
    group.findings.push(finding);
    groups.set(key, group);
  }
  return [...groups.values()]
    .map(({ alike, places, failures, findings }) => {
      const failure = together(failures);
      return {
        of: visible(placesWords[alike]([...places], findings)),
        failure: alike === 'pages' ? ofPages(failure, findings, run.inventory) : failureWords(failure),
        reason: failure === 'not-probed' ? failure : failure.reason,
        findings,
      };
    })
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

/** What a port answers to nobody it does not answer to a browser either: said once, for the port and its pages. */
function placeOf({ kind, of, failure }: Missing, { subject }: Finding): string {
  const isOfPort = failure !== 'not-probed' && silences.includes(failure.reason);
  if (kind !== 'browser-page' || subject.scope !== 'endpoint' || !isOfPort) return of;
  return `${subject.machine}:${String(subject.port)}`;
}

const silences: readonly ProbeFailure['reason'][] = [
  'name-not-resolved',
  'connection-refused',
  'host-unreachable',
  'timed-out',
  'connection-reset',
  'connection-closed',
];

/** Accounts that are not there, and those that were refused, are each one reason, whosever they are. */
function sortOf(failure: Missing['failure']): unknown {
  const isOfAccounts = failure !== 'not-probed' && ['no-account', 'not-authorised'].includes(failure.reason);
  return isOfAccounts ? failure.reason : failureWords(failure);
}

/** UCCX asks CUCM whether a password is right: where it cannot ask, it says that it is wrong. */
function ofPages(
  failure: Missing['failure'],
  findings: readonly Finding[],
  { machines }: Run['inventory'],
): FailureWords {
  const words = failureWords(failure);
  const asksCucm = machines.filter(({ type }) => type.startsWith('UCCX')).map(({ id }) => id);
  const isOfUccx = findings.some(({ subject }) => asksCucm.some((id) => id === subjectMachine(subject)));
  if (failure === 'not-probed' || failure.reason !== 'not-authorised' || !isOfUccx) return words;
  return {
    ...words,
    advice: `${words.advice} Where it is right, UCCX may be unable to ask CUCM: see in uccert trust whether it trusts it.`,
  };
}

/** Failures of one sort as one, with all accounts that it names. */
function together([first, ...others]: readonly Missing['failure'][]): Missing['failure'] {
  const all = [first, ...others].filter((failure) => failure !== undefined && failure !== 'not-probed');
  const roles = [...new Set(all.flatMap((failure) => (failure.reason === 'no-account' ? [failure.role] : [])))];
  const users = [
    ...new Set(all.flatMap((failure) => (failure.reason === 'not-authorised' ? failure.as.split(', ') : []))),
  ];
  if (roles.length > 0) {
    // Where nobody has the role, nobody has it for a purpose either.
    const wanted = roles.filter((role) => !roles.some((other) => role.startsWith(`${other}, `)));
    return { reason: 'no-account', role: wanted.sort(compare).join('; nor ') };
  }
  return users.length > 0 ? { reason: 'not-authorised', as: users.sort(compare).join(', ') } : (first ?? 'not-probed');
}

/** Pages that are named before the rest is counted. */
const namedPages = 5;

/** The place, or which pages share its failure: `Finesse desktop (agent, supervisor), Chat (agent) of uccx1, uccx2`. */
function pagesInWords(of: string, findings: readonly Finding[]): string {
  const machines = new Set(findings.map(({ subject }) => subjectMachine(subject)));
  if (new Set(findings.map(({ subject }) => subjectKey(subject))).size < 2) return of;
  const pages = findings.flatMap(({ subject }) => ('page' in subject ? (subject.page ?? []) : []));
  const byName = [...Map.groupBy(pages, (page) => page.split(', ')[0])].map(([, alike]) => alike);
  const more = byName.slice(namedPages).flat().length;
  const named = pagesWords(byName.slice(0, namedPages).flat());
  return `${named}${more === 0 ? '' : ` and ${count(more, 'other page')}`} of ${[...machines].join(', ')}`;
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
