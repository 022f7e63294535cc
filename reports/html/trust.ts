import type { PresentFinding } from '#model/finding.ts';
import { shownAt } from '#model/subject.ts';
import type { MachineId } from '#model/names.ts';
import type { Run } from '#model/run.ts';
import type { CertificateFacts } from '../certificates.ts';
import { visible } from '../escape.ts';
import { linksOf, matrixOf, tally, worstOf, type JudgedLink, type LinkState } from '../trust-links.ts';
import { count } from '../words.ts';
import { decimal, markup, nothing, type Markup } from './markup.ts';
import { certificateLink, section } from './parts.ts';

type Certificates = ReadonlyMap<string, CertificateFacts>;

const tones: Readonly<Record<LinkState, string>> = {
  trusted: 'well',
  amiss: 'major',
  broken: 'critical',
  'not judged': 'unjudged',
};
const marks: Readonly<Record<LinkState, string>> = { trusted: '✓', amiss: '!', broken: '✗', 'not judged': '?' };

/** Who trusts whom: the table, the picture, and each link with both of its ends. Two buttons leave what agents notice. */
export function trustSection(run: Run, certificates: Certificates): Markup {
  const links = linksOf(run);
  if (links === null || links.length === 0) return nothing;
  const noticed = links.filter(({ isNoticedByAgents }) => isNoticedByAgents);
  const numbers = new Map(links.map((link, at) => [link, at + 1]));
  const body = markup`
<div class="trust"><p class="filter"><input type="radio" name="trust-filter" id="trust-all" checked><label for="trust-all">All links</label> <input type="radio" name="trust-filter" id="trust-agents"><label for="trust-agents">What agents and callers notice</label></p>
<p class="lead of-all">${tallyWords(links)}</p><p class="lead of-agents">${tallyWords(noticed)}</p>
${graph(run, links, numbers)}
${matrix(run, links, numbers)}
${worstFirst(links).map((link) => details(link, numbers, run, certificates))}
${stores(run, links, certificates)}</div>`;
  return section('trust', 'Who trusts whom', null, body);
}

function tallyWords(links: readonly JudgedLink[]): string {
  const { count: states, stops } = tally(links);
  const stopped = stops.length === 0 ? '' : ` Stopped: ${stops.join(', ')}.`;
  return `${count(links.length, 'link')}: ${states.trusted} trusted, ${states.broken} broken, ${states.amiss} with another fault, ${states['not judged']} not judged.${stopped}`;
}

const order: readonly LinkState[] = ['broken', 'amiss', 'not judged', 'trusted'];

function worstFirst(links: readonly JudgedLink[]): readonly JudgedLink[] {
  return [...links].sort((a, b) => order.indexOf(a.state) - order.indexOf(b.state));
}

function quiet(links: readonly JudgedLink[]): string {
  return links.some(({ isNoticedByAgents }) => isNoticedByAgents) ? '' : ' quiet';
}

function matrix(run: Run, links: readonly JudgedLink[], numbers: ReadonlyMap<JudgedLink, number>): Markup {
  const { rows, columns, cell } = matrixOf(run, links);
  const body = rows.map((row) => {
    const cells = columns.map((column) => {
      if (row === column) return markup`<td class="self"></td>`;
      const found = cell(row, column);
      if (found.length === 0) return markup`<td></td>`;
      const marked = found.map(
        (link) =>
          markup`<a class="tag ${tones[link.state]}${quiet([link])}" href="#link-${numbers.get(link) ?? 0}" title="${title(link)}: ${link.state}">${marks[link.state]}</a>`,
      );
      return markup`<td>${marked}</td>`;
    });
    return markup`<tr><th scope="row">${row}</th>${cells}</tr>`;
  });
  const head = columns.map((column) => markup`<th scope="col"><span>${column}</span></th>`);
  return markup`<p class="soft">Rows rely on columns; a mark, or an arrow above, leads to its link. Where a cell is empty no link is documented.</p><div class="scroll"><table class="matrix"><thead><tr><th></th>${head}</tr></thead><tbody>${body}</tbody></table></div>`;
}

function title(link: JudgedLink): string {
  return `${visible(link.relyingParty)} (${visible(link.store)}) relying on ${visible(shownAt(link))}`;
}

const width = 760;

/** A ring that is large enough for its labels, and no larger: units of the drawing. */
function ringOf(machines: number): { readonly radius: number; readonly height: number } {
  const radius = Math.min(260, Math.max(110, 60 + machines * 10));
  return { radius, height: radius * 2 + 70 };
}

/** Machines on a ring, an arrow from each to whom it relies on: what is broken stands out, what is well stays faint. */
function graph(run: Run, links: readonly JudgedLink[], numbers: ReadonlyMap<JudgedLink, number>): Markup {
  const named = new Set(links.flatMap(({ relyingParty, presenter }) => [relyingParty, presenter]));
  const machines = run.inventory.machines.map(({ id }) => id).filter((id) => named.has(id));
  const { radius, height } = ringOf(machines.length);
  const [x0, y0] = [width / 2, height / 2];
  const angle = (at: number): number => (2 * Math.PI * at) / machines.length - Math.PI / 2;
  const places = new Map(
    machines.map((id, at) => [id, { x: x0 + radius * Math.cos(angle(at)), y: y0 + radius * Math.sin(angle(at)) }]),
  );
  const arrows = [...Map.groupBy(links, ({ relyingParty, presenter }) => `${relyingParty} ${presenter}`).values()]
    .map((group) => ({ group, state: worstOf(group) }))
    // What is broken is drawn last, above the rest.
    .sort((a, b) => Number(a.state !== 'trusted') - Number(b.state !== 'trusted'))
    .map(({ group, state }) => arrow(group, state, places, { x0, y0, numbers }));
  const labels = machines.map((id) => {
    const { x, y } = places.get(id) ?? { x: x0, y: y0 };
    const isRight = x >= x0;
    const anchor = Math.abs(x - x0) < 20 ? 'middle' : isRight ? 'start' : 'end';
    const [dx, dy] = [(x - x0) * 0.07, (y - y0) * 0.09 + 4];
    const own = links.filter(({ relyingParty, presenter }) => relyingParty === id || presenter === id);
    return markup`<g class="machine${quiet(own)}"><circle class="node" cx="${decimal(x)}" cy="${decimal(y)}" r="5"/><text x="${decimal(x + dx)}" y="${decimal(y + dy)}" text-anchor="${anchor}">${id}</text></g>`;
  });
  const words = links
    .filter(({ state }) => state === 'broken')
    .map(title)
    .join('; ');
  return markup`<svg class="graph" viewBox="0 0 ${width} ${height}" role="img" aria-label="Links between machines. Broken: ${words === '' ? 'none' : words}">${arrows}${labels}</svg>`;
}

function arrow(
  group: readonly JudgedLink[],
  state: LinkState,
  places: ReadonlyMap<MachineId, { readonly x: number; readonly y: number }>,
  { x0, y0, numbers }: { readonly x0: number; readonly y0: number; readonly numbers: ReadonlyMap<JudgedLink, number> },
): Markup {
  const [first] = worstFirst(group);
  const from = first === undefined ? undefined : places.get(first.relyingParty);
  const to = first === undefined ? undefined : places.get(first.presenter);
  if (from === undefined || to === undefined) return nothing;
  // Bent towards the middle, and by a little to one side: two machines that rely on each other have two arrows.
  const bend = 0.45;
  const side = { x: (to.y - from.y) * 0.06, y: (from.x - to.x) * 0.06 };
  const middle = { x: (from.x + to.x) / 2, y: (from.y + to.y) / 2 };
  const [cx, cy] = [middle.x + (x0 - middle.x) * bend + side.x, middle.y + (y0 - middle.y) * bend + side.y];
  const tip = pointer({ x: cx, y: cy }, to);
  const words = group.map((link) => `${title(link)}: ${link.state}`).join('; ');
  return markup`<a class="arrow ${tones[state]}${quiet(group)}" href="#link-${first === undefined ? 0 : (numbers.get(first) ?? 0)}"><title>${words}</title><path d="M${decimal(from.x)} ${decimal(from.y)} Q${decimal(cx)} ${decimal(cy)} ${decimal(to.x)} ${decimal(to.y)}"/><polygon points="${tip}"/></a>`;
}

/** The head of an arrow that comes from `from` and ends just before `to`. */
function pointer(from: { x: number; y: number }, to: { x: number; y: number }): string {
  const length = Math.hypot(to.x - from.x, to.y - from.y);
  const [ux, uy] = [(to.x - from.x) / length, (to.y - from.y) / length];
  const [tx, ty] = [to.x - ux * 6, to.y - uy * 6];
  const base = [tx - ux * 9, ty - uy * 9] as const;
  const points = [
    [tx, ty],
    [base[0] - uy * 4, base[1] + ux * 4],
    [base[0] + uy * 4, base[1] - ux * 4],
  ];
  return points.map(([x = 0, y = 0]) => `${decimal(x)},${decimal(y)}`).join(' ');
}

function details(
  link: JudgedLink,
  numbers: ReadonlyMap<JudgedLink, number>,
  run: Run,
  certificates: Certificates,
): Markup {
  const isOpen = link.state === 'broken' || link.state === 'amiss';
  const path = link.path.flatMap((sha256) => certificates.get(sha256) ?? []);
  const steps = path.map((certificate) => markup`<li>${certificateLink(certificate)}</li>`);
  const adviceOf = ({ fault, verdict }: PresentFinding): string | undefined =>
    verdict.advice ?? run.catalogue.find(({ id }) => id === fault)?.advice;
  const advice = [...new Set(link.findings.flatMap((finding) => adviceOf(finding) ?? []))].map(
    (words) => markup`<p class="do">${visible(words)}</p>`,
  );
  const seen = link.findings.map(({ verdict }) => markup`<p>${visible(verdict.because)}</p>`);
  const restart = link.restarts.length === 0 ? '' : `After a change of the store restart: ${link.restarts.join(', ')}.`;
  return markup`
<details class="link${quiet([link])}"${isOpen ? markup` open` : null}><summary><span class="tag ${tones[link.state]}">${link.state}</span> ${title(link)} <span class="soft">${link.stops}</span></summary>
<dl class="facts" id="link-${numbers.get(link) ?? 0}"><dt>Relies</dt><dd><b>${link.relyingParty}</b>, by its store <a href="#${storeAnchor(link)}">${visible(link.store)}</a></dd>
<dt>Presents</dt><dd><b>${link.presenter}</b> ${shownWords(link)}: ${path[0] === undefined ? markup`not seen` : certificateLink(path[0])}</dd>
<dt>Path</dt><dd><ol class="steps">${steps}</ol><p class="soft">${link.state === 'trusted' ? 'The last is an entry of the store.' : 'As far as it leads.'}</p></dd>
${seen.length === 0 ? null : markup`<dt>Seen</dt><dd>${seen}</dd>`}<dt>Stops</dt><dd>Without this link: ${visible(link.breaks)}.</dd>
${advice.length === 0 ? null : markup`<dt>What to do</dt><dd>${advice}</dd>`}${restart === '' ? null : markup`<dt>Then</dt><dd>${restart}</dd>`}</dl></details>`;
}

function shownWords(link: JudgedLink): string {
  if ('port' in link) return `at port ${String(link.port)}`;
  const how = link.presents === 'as-client' ? 'as a client' : 'at a port that is not probed';
  return `${how}, from its store ${visible(link.identity)}`;
}

function storeAnchor({ relyingParty, store }: Pick<JudgedLink, 'relyingParty' | 'store'>): string {
  return `store-${relyingParty}-${store.replace(/[^A-Za-z0-9]+/g, '-')}`;
}

/** Every trust store that was read, entry by entry. */
function stores(run: Run, links: readonly JudgedLink[], certificates: Certificates): readonly Markup[] {
  const wanted = new Set(links.map(storeAnchor));
  return run.observations.flatMap((observation) => {
    if (observation.kind !== 'trust-store' || observation.outcome !== 'recorded') return [];
    const { machine, store } = observation.place;
    const anchor = storeAnchor({ relyingParty: machine, store });
    if (!wanted.has(anchor)) return [];
    const entries = observation.value.entries.map(({ name, certificate }) => {
      const facts = certificates.get(certificate);
      const shown = facts === undefined ? markup`${certificate.slice(0, 16)}` : certificateLink(facts);
      return markup`<tr><th scope="row">${visible(name)}</th><td>${shown}</td></tr>`;
    });
    return [
      markup`<details class="store"><summary>${machine}, ${visible(store)} <span class="soft">${count(entries.length, 'entry', 'entries')}</span></summary><table id="${anchor}"><tbody>${entries}</tbody></table></details>`,
    ];
  });
}
