import type { Observation } from '#model/observation.ts';
import type { Run } from '#model/run.ts';
import { visible } from '../escape.ts';
import { historyWords, pageKey, type PageHistory } from '../page-history.ts';
import type { Assets } from '../reporter.ts';
import type { Problem } from '../summary.ts';
import { markup, nothing, type Markup } from './markup.ts';
import { section } from './parts.ts';
import { count, failureWords } from '../words.ts';

/** A page as a browser met it. */
export type Page = Extract<Observation, { kind: 'browser-page' }>;

/** The pages of a run in the order they were opened. */
export function pagesIn(run: Run): readonly Page[] {
  return run.observations.filter((observation) => observation.kind === 'browser-page');
}

/** The pages that were refused for the certificate of this problem, or that its own findings are about, or what people see of it. */
export function pagesOf(pages: readonly Page[], { certificate, findings, symptoms }: Problem): readonly Page[] {
  return pages.filter((page) => {
    if (page.outcome !== 'recorded' || page.value.outcome === 'shown') return false;
    if (page.value.outcome === 'refused' && certificate !== null && page.value.certificate === certificate) return true;
    const { machine, port, client } = page.place;
    return [...findings, ...symptoms].some(
      ({ fault, subject }) =>
        fault === 'browser-refuses' &&
        subject.scope === 'endpoint' &&
        subject.machine === machine &&
        subject.port === port &&
        subject.client === client &&
        (subject.page ?? page.place.page) === page.place.page,
    );
  });
}

/** What people see, each thing once: one picture for all pages that show the same, with its caption. */
export function screenshots(pages: readonly Page[], assets: Assets): readonly Markup[] {
  return [...Map.groupBy(pages, (page) => outcome(page).words).values()].map((alike) => screenshot(alike, assets));
}

function screenshot(pages: readonly Page[], assets: Assets): Markup {
  const [first] = pages;
  if (first === undefined) return nothing;
  const more =
    pages.length === 1
      ? ''
      : ` (and ${count(pages.length - 1, 'other page')} that ${pages.length === 2 ? 'shows' : 'show'} the same)`;
  const caption = `${title(first)}: ${outcome(first).words}${more}`;
  const png = pages
    .map((page) => (page.outcome === 'recorded' ? assets.get(page.value.screenshot ?? '') : undefined))
    .find((found) => found !== undefined);
  if (png === undefined) return markup`<p class="soft">In the browser: ${caption}</p>`;
  return markup`<figure><img src="data:image/png;base64,${png}" alt="${caption}"><figcaption>${caption}</figcaption></figure>`;
}

/** Every page that was opened, by machine and PC: those first that are not well. */
export function browserSection(pages: readonly Page[], histories: ReadonlyMap<string, PageHistory>): Markup {
  if (pages.length === 0) return nothing;
  const isWell = (page: Page): boolean => outcome(page).tone === 'well';
  const well = pages.filter(isWell);
  const others = pages.filter((page) => !isWell(page));
  const body = [
    others.length === 0 ? nothing : table(others, histories),
    well.length === 0
      ? nothing
      : markup`<details><summary>${count(well.length, 'page')} shown without a warning</summary>${table(well, histories)}</details>`,
  ];
  return section('browser', 'In the browser', 'What a person at the client PC sees.', body);
}

function table(pages: readonly Page[], histories: ReadonlyMap<string, PageHistory>): Markup {
  const isAlone = histories.size === 0;
  const groups = [
    ...Map.groupBy(pages, ({ place: { machine, client } }) => JSON.stringify([machine, client])).values(),
  ];
  const bodies = groups.map((group) => {
    const [first] = group;
    if (first === undefined) return nothing;
    const { machine, client } = first.place;
    const rows = group.map((page) => row(page, isAlone ? null : (histories.get(pageKey(page.place)) ?? 'unknown')));
    return markup`<tbody class="machine"><tr><th scope="rowgroup" colspan="${isAlone ? 4 : 5}">${machine}<span>from ${client}</span></th></tr>${rows}</tbody>`;
  });
  const last = isAlone ? nothing : markup`<th scope="col">Last runs, this one at the end</th>`;
  return markup`<div class="scroll"><table class="stack pages"><thead><tr><th scope="col">Page</th><th scope="col">Port</th><th scope="col">Outcome</th><th scope="col">What was shown</th>${last}</tr></thead>${bodies}</table></div>`;
}

/** `history`: null where the run has no others beside it. */
function row(page: Page, history: PageHistory | 'unknown' | null): Markup {
  const { tone, tag, words } = outcome(page);
  const { port } = page.place;
  const last = history === null ? nothing : markup`<td>${history === 'unknown' ? '' : historyWords(history)}</td>`;
  return markup`<tr><th scope="row">${visible(page.place.page)}</th><td>${port}</td><td><span class="tag ${tone}">${tag}</span></td><td>${words}</td>${last}</tr>`;
}

function title({ place: { machine, port, page, client } }: Page): string {
  return `${visible(page)} on ${machine}:${port}, from ${client}`;
}

function outcome(page: Page): { tone: string; tag: string; words: string } {
  if (page.outcome === 'failed') return { tone: 'unjudged', tag: 'not opened', words: failureWords(page.failure).seen };
  const { value } = page;
  switch (value.outcome) {
    case 'shown': {
      const refused = new Set(value.refusals?.map(({ url, error }) => `${url}: ${error}`));
      if (refused.size === 0) return { tone: 'well', tag: 'shown', words: visible(value.title) };
      return { tone: 'major', tag: 'shown in part', words: visible([...refused].join('; ')) };
    }
    case 'refused':
      return { tone: 'critical', tag: 'refused', words: visible(value.error) };
    case 'not-as-documented':
      return { tone: 'unjudged', tag: 'not as documented', words: `not seen: ${visible(value.missing)}` };
  }
}
