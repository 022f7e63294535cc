import type { Finding, Severity, Subject } from '#model/finding.ts';
import { findingKey, isPresent } from '#model/verdict.ts';
import { severities } from '#model/vocabulary.ts';
import type { EndpointPlace, Observed, ProbeFailure } from '#model/observation.ts';
import type { Run } from '#model/run.ts';

/** How one port stands: its worst fault, else whether all was judged. `closed`: it may be, by its documents. */
export type Standing = Severity | 'well' | 'closed' | 'unjudged' | 'not-judged';

/** Everything a run holds about one port at one address and server_name. */
export interface Endpoint {
  readonly place: EndpointPlace;
  readonly connection: Observed<'connection'> | null;
  /** certificate_list as sent, as SHA-256; more than one where the port presented several. */
  readonly lists: readonly (readonly string[])[];
  readonly handshake: Observed<'tls-handshake'> | null;
  /** The first thing that was asked here and not obtained. */
  readonly failure: ProbeFailure | null;
  readonly findings: readonly Finding[];
  readonly standing: Standing;
}

interface Draft {
  readonly place: EndpointPlace;
  connection: Observed<'connection'> | null;
  lists: (readonly string[])[];
  handshake: Observed<'tls-handshake'> | null;
  failure: ProbeFailure | null;
  findings: Finding[];
}

/** The ports of a run, in the order of the inventory, then by port, address and server_name. */
export function endpointsOf(run: Run): readonly Endpoint[] {
  const drafts = new Map<string, Draft>();
  const draftAt = (place: EndpointPlace): Draft => {
    const key = JSON.stringify([place.machine, place.port, place.address, place.serverName]);
    const draft = drafts.get(key) ?? {
      place,
      connection: null,
      lists: [],
      handshake: null,
      failure: null,
      findings: [],
    };
    drafts.set(key, draft);
    return draft;
  };
  for (const observation of run.observations) {
    if (observation.place.at !== 'endpoint') continue;
    const draft = draftAt(observation.place);
    if (observation.outcome === 'failed') draft.failure ??= observation.failure;
    else if (observation.kind === 'connection') draft.connection = observation.value;
    else if (observation.kind === 'certificate-list') draft.lists.push(observation.value.certificates);
    else if (observation.kind === 'tls-handshake') draft.handshake = observation.value;
  }
  const portOf = portsOfCauses(run);
  for (const finding of run.findings) {
    const subject = portOf(finding);
    if (subject.scope !== 'endpoint') continue;
    const { machine, port, address, serverName } = subject;
    draftAt({ at: 'endpoint', machine, port, address, serverName }).findings.push(finding);
  }
  const rank = new Map(run.inventory.machines.map((machine, index) => [machine.id, index]));
  return [...drafts.values()]
    .sort(
      ({ place: one }, { place: other }) =>
        (rank.get(one.machine) ?? rank.size) - (rank.get(other.machine) ?? rank.size) ||
        compare(one.machine, other.machine) ||
        one.port - other.port ||
        compare(one.address ?? '', other.address ?? '') ||
        compare(one.serverName ?? '', other.serverName ?? ''),
    )
    .map((draft) => ({ ...draft, standing: standingOf(draft) }));
}

/** What people miss at one port for want of another counts at that other one: a failover is seen from the node that is well. */
function portsOfCauses({ findings }: Run): (finding: Finding) => Subject {
  const subjects = new Map(findings.filter(isPresent).map((finding) => [findingKey(finding), finding.subject]));
  return (finding) => {
    const cause = isPresent(finding) ? subjects.get(finding.verdict.symptomOf ?? '') : undefined;
    return cause?.scope === 'endpoint' ? cause : finding.subject;
  };
}

/** Code point order: the same on every machine, unlike localeCompare. */
export function compare(one: string, other: string): number {
  return one < other ? -1 : one > other ? 1 : 0;
}

function standingOf({ findings, connection }: Draft): Standing {
  if (findings.length === 0) return 'not-judged';
  const found = new Set(
    findings.map(({ verdict }) => (verdict.status === 'present' ? verdict.severity : verdict.status)),
  );
  const worst = severities.find((severity) => found.has(severity));
  if (worst !== undefined) return worst;
  if (found.has('inconclusive')) return 'unjudged';
  return connection?.answer === 'refused' ? 'closed' : 'well';
}
