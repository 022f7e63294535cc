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

/** Every page that was opened, well or not. */
export function browserSection(pages: readonly Page[], histories: ReadonlyMap<string, PageHistory>): Markup {
  if (pages.length === 0) return nothing;
  const rows = pages.map((page) => {
    const { tone, tag, words } = outcome(page);
    const history = histories.get(pageKey(page.place));
    const last =
      histories.size === 0 ? nothing : markup`<td>${history === undefined ? '' : historyWords(history)}</td>`;
    return markup`<tr><th scope="row">${title(page)}</th><td><span class="tag ${tone}">${tag}</span></td><td>${words}</td>${last}</tr>`;
  });
  const body = markup`<div class="scroll"><table class="stack"><thead><tr><th scope="col">Page</th><th scope="col">Outcome</th><th scope="col">What was shown</th>${histories.size === 0 ? nothing : markup`<th scope="col">Last runs, this one at the end</th>`}</tr></thead><tbody>${rows}</tbody></table></div>`;
  return section('browser', 'In the browser', 'What a person at the client PC sees.', body);
}

function title({ place: { machine, port, page, client } }: Page): string {
  return `${visible(page)} on ${machine}:${port}, from ${client}`;
}

function outcome(page: Page): { tone: string; tag: string; words: string } {
  if (page.outcome === 'failed') return { tone: 'unjudged', tag: 'not opened', words: failureWords(page.failure).seen };
  const { value } = page;
  switch (value.outcome) {
    case 'shown':
      return { tone: 'well', tag: 'shown', words: visible(value.title) };
    case 'refused':
      return { tone: 'critical', tag: 'refused', words: visible(value.error) };
    case 'not-as-documented':
      return { tone: 'unjudged', tag: 'not as documented', words: `not found: ${visible(value.missing)}` };
  }
}
