import type { Finding } from '#model/finding.ts';
import { isPresent } from '#model/verdict.ts';
import type { Run } from '#model/run.ts';
import type { CertificateFacts } from '../certificates.ts';
import type { Endpoint, Standing } from '../endpoints.ts';
import { visible } from '../escape.ts';
import type { Problem } from '../summary.ts';
import { ambiguousMachines } from '../where.ts';
import { count, dayOf, failureWords } from '../words.ts';
import { markup, nothing, type Markup } from './markup.ts';
import { certificateLink, section } from './parts.ts';

const standingWords: Readonly<Record<Standing, string>> = {
  critical: 'critical',
  major: 'major',
  minor: 'minor',
  notice: 'notice',
  well: 'well',
  closed: 'closed',
  unjudged: 'not judged',
  'not-judged': 'not asked',
};

/** Every machine and port that was looked at, with how it stands and what it presents. */
export function portsSection(
  run: Run,
  endpoints: readonly Endpoint[],
  certificates: ReadonlyMap<string, CertificateFacts>,
  problems: readonly Problem[],
): Markup {
  if (endpoints.length === 0) return nothing;
  const titles = new Map(run.catalogue.map(({ id, title }) => [id, title]));
  const cards = new Map<Finding, number>(
    problems.flatMap(({ findings, symptoms }, index) =>
      [...findings, ...symptoms].map((finding) => [finding, index + 1] as const),
    ),
  );
  const ambiguous = ambiguousMachines(run);
  const machines = [...new Set(endpoints.map(({ place }) => place.machine))];
  const groups = machines.map((id) => {
    const machine = run.inventory.machines.find((one) => one.id === id);
    const about = [machine?.type, machine?.fqdn, machine?.release].filter((part) => typeof part === 'string');
    const rows = endpoints
      .filter(({ place }) => place.machine === id)
      .map((endpoint) => row(endpoint, { titles, certificates, cards, isAmbiguous: ambiguous.has(id) }));
    return markup`<tbody class="machine"><tr><th scope="rowgroup" colspan="5">${id}<span>${about.map((part) => visible(part)).join(', ')}</span></th></tr>${rows}</tbody>`;
  });
  const body = markup`<div class="scroll"><table class="stack ports"><thead><tr><th scope="col">Port</th><th scope="col">Verdict</th><th scope="col">End entity certificate</th><th scope="col">notAfter</th><th scope="col">TLS</th></tr></thead>${groups}</table></div>`;
  const lead = `${count(machines.length, 'machine')}, ${count(endpoints.length, 'port')}. A verdict leads to its reasons.`;
  return section('ports', 'Machines and ports', lead, body);
}

interface Context {
  readonly titles: ReadonlyMap<string, string>;
  readonly certificates: ReadonlyMap<string, CertificateFacts>;
  /** The number of the card that tells of a finding. */
  readonly cards: ReadonlyMap<Finding, number>;
  readonly isAmbiguous: boolean;
}

function row(endpoint: Endpoint, { titles, certificates, cards, isAmbiguous }: Context): Markup {
  const { place, handshake } = endpoint;
  const where = [place.address, place.serverName].filter((part) => part !== null).map((part) => visible(part));
  const presented = [...new Set(endpoint.lists.flatMap(([first]) => (first === undefined ? [] : [first])))].flatMap(
    (sha256) => certificates.get(sha256) ?? [],
  );
  return markup`
<tr><th scope="row">${place.port}${isAmbiguous && where.length > 0 ? markup`<br><span class="soft">${where.join(', ')}</span>` : null}</th>
<td>${standingTag(endpoint, titles, cards)}</td>
<td>${presented.length === 0 ? markup`<span class="soft">${silence(endpoint)}</span>` : joined(presented.map(certificateLink))}</td>
<td class="date">${joined(presented.flatMap((facts) => (facts.isReadable ? [markup`${dayOf(facts.notAfter)}`] : [])))}</td>
<td>${handshake === null ? null : markup`${visible(handshake.protocol)} <span class="soft">${visible(handshake.cipherSuite).replace(/^TLS_/, '')}</span>`}</td></tr>`;
}

/** Leads to the card, or the section, that says why. */
function standingTag(
  endpoint: Endpoint,
  titles: ReadonlyMap<string, string>,
  cards: ReadonlyMap<Finding, number>,
): Markup {
  const { standing, findings } = endpoint;
  const words = standingWords[standing];
  const why = reasons(endpoint, titles);
  const numbers = findings.flatMap((finding) => cards.get(finding) ?? []);
  // Cards are numbered from the worst down.
  const target = numbers.length > 0 ? `problem-${Math.min(...numbers)}` : standing === 'unjudged' ? 'unjudged' : null;
  if (target === null) return markup`<span class="tag ${standing}" title="${why}">${words}</span>`;
  return markup`<a class="tag ${standing}" href="#${target}" title="${why}">${words}</a>`;
}

function joined(items: readonly Markup[]): readonly Markup[] {
  return items.map((item, index) => (index === 0 ? item : markup`<br>${item}`));
}

function reasons({ findings, standing }: Endpoint, titles: ReadonlyMap<string, string>): string {
  const present = [...new Set(findings.filter(isPresent).map(({ fault }) => visible(titles.get(fault) ?? fault)))];
  if (present.length > 0) return present.join('; ');
  const unknown = findings.filter(({ verdict }) => verdict.status === 'inconclusive').length;
  if (unknown > 0) return `${count(unknown, 'check')} could not be judged`;
  const closed = findings
    .map(({ verdict }) => (verdict.status === 'not-applicable' ? verdict.because : ''))
    .find((because) => because !== '');
  if (standing === 'closed') return visible(closed ?? 'the port is closed');
  return standing === 'well' ? `${count(findings.length, 'check')} judged, no fault` : 'no check was asked for here';
}

/** Why no certificate is shown. */
function silence({ failure, connection }: Endpoint): string {
  if (failure !== null) return failureWords(failure).seen;
  if (connection?.answer === 'refused') return 'connection refused';
  if (connection?.answer === 'not-tls') return 'the answer is not TLS';
  return connection === null ? '' : 'no certificate was sent';
}
