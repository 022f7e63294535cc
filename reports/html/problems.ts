import type { CertificateFacts } from '../certificates.ts';
import { safeUrl, visible } from '../escape.ts';
import { askedWords, filesOfPages, missedPages, missedWords } from '../missed-pages.ts';
import type { Assets } from '../reporter.ts';
import type { Problem } from '../summary.ts';
import { placesWords } from '../where.ts';
import { certificateLine, count, restartWords, severityMeaning } from '../words.ts';
import { pagesOf, screenshots, type Page } from './browser.ts';
import { markup, nothing, type Markup } from './markup.ts';
import { certificateAnchor, section } from './parts.ts';

/** Values of one label that are shown before the rest is counted. */
const shownValues = 6;

interface Context {
  readonly certificates: ReadonlyMap<string, CertificateFacts>;
  readonly pages: readonly Page[];
  readonly assets: Assets;
  /** The time of judging. */
  readonly at: Date;
}

/** A card per cause, the worst and broadest first. */
export function problemsSection(problems: readonly Problem[], context: Context): Markup {
  if (problems.length === 0) return nothing;
  // A picture stands with the first cause it shows: the next ones would only repeat it.
  const shown = new Set<Page>();
  const cards = problems.map((problem, index) => {
    const pages = pagesOf(context.pages, problem).filter((page) => !shown.has(page));
    for (const page of pages) shown.add(page);
    return card(problem, index + 1, context, pages);
  });
  return section('problems', 'What is wrong', 'One card per cause, the worst and broadest first.', cards);
}

function card(problem: Problem, number: number, context: Context, pages: readonly Page[]): Markup {
  const { severity, entry, fault } = problem;
  return markup`
<article class="card ${severity}" id="problem-${number}" aria-labelledby="problem-${number}-title">
<span class="tag" title="${severityMeaning[severity]}">${severity}</span>
<h3 id="problem-${number}-title">${problem.title}</h3>
<dl class="facts">
<dt>Where</dt><dd><ul>${problem.where.map((where) => markup`<li><b>${where.machine}</b> ${placesWords(where)}</li>`)}</ul></dd>
<dt>Seen</dt><dd>${problem.because.slice(0, shownValues).map((because) => markup`<p>${because}</p>`)}${evidence(problem)}${certificate(problem, context)}</dd>${missed(problem)}
${entry === null ? null : markup`<dt>Why it matters</dt><dd>${problem.symptom}</dd><dt>Cause</dt><dd>${entry.cause}</dd><dt>What to do</dt><dd class="do">${problem.advice}</dd>`}${restarts(problem)}
<dt>Next</dt><dd><code>uccert explain ${fault}</code>${remediation(problem)}</dd>
${sources(problem)}
</dl>
${screenshots(pages, context.assets)}
</article>`;
}

function evidence({ evidence: lines }: Pick<Problem, 'evidence'>): readonly Markup[] {
  return lines.map(({ label, values }) => {
    const more = values.length > shownValues ? ` and ${count(values.length - shownValues, 'other value')}` : '';
    return markup`<p class="evidence">${label}: <b>${values.slice(0, shownValues).join(', ')}</b>${more}</p>`;
  });
}

function certificate({ certificate: sha256 }: Problem, { certificates, at }: Context): Markup {
  const facts = sha256 === null ? undefined : certificates.get(sha256);
  if (facts === undefined) return nothing;
  return markup`<p class="evidence">certificate: <a href="#${certificateAnchor(facts.sha256)}">${certificateLine(facts, at)}</a></p>`;
}

function missed({ symptoms }: Problem): Markup {
  if (symptoms.length === 0) return nothing;
  const items = missedPages(symptoms).map((pages) => markup`<li><b>${pages.machine}</b> ${missedWords(pages)}</li>`);
  const asked = askedWords(symptoms).map((words) => markup`<p>Because ${words}.</p>`);
  return markup`<dt>Pages missed</dt><dd><ul>${items}</ul>${asked}${evidence({ evidence: filesOfPages(symptoms) })}</dd>`;
}

function remediation({ entry }: Problem): Markup {
  if (entry === null || entry.remediations.length === 0) return nothing;
  return markup`<br><code>uccert plan</code> <span class="soft">makes a plan to put it right: ${entry.remediations.join(', ')}</span>`;
}

function restarts({ restarts: all }: Problem): Markup {
  if (all.length === 0) return nothing;
  return markup`<dt>Then restart</dt><dd>${all.map((restart) => markup`<p>${restartWords(restart)}</p>`)}</dd>`;
}

function sources({ sources: all }: Problem): Markup {
  if (all.length === 0) return nothing;
  const items = all.map(({ document, section: where, url, confidence, read }) => {
    const title = `${visible(document)}, ${visible(where)}`;
    const address = safeUrl(url);
    const link = address === null ? markup`${title}` : markup`<a href="${address}" rel="noreferrer">${title}</a>`;
    const how = confidence === 'documented' ? '' : `${confidence}, `;
    return markup`<li>${link} <span class="soft">(${how}read ${read})</span></li>`;
  });
  return markup`<dt>Sources</dt><dd><ul>${items}</ul></dd>`;
}
