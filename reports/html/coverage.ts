import type { Status } from '#model/finding.ts';
import type { Run } from '#model/run.ts';
import { type Summary } from '../summary.ts';
import { unjudgedWords } from '../unjudged.ts';
import { visible } from '../escape.ts';
import { diffRuns, diffSections, isEmpty } from '../diff.ts';
import { knownLine } from '../known-line.ts';
import { count, timeOf } from '../words.ts';
import { markup, nothing, type Markup } from './markup.ts';
import { refusedAccountsOf } from '../refused-accounts.ts';
import { section } from './parts.ts';

/** What could not be looked at, and what would let it be. */
export function unjudgedSection({ unjudged }: Summary): Markup {
  if (unjudged.length === 0) return nothing;
  const items = unjudged.map(
    (one) => markup`<li><p>${unjudgedWords(one)}</p><p class="soft">${one.failure.advice}</p></li>`,
  );
  const lead = 'Nothing is known about these: they are neither well nor faulty.';
  return section('unjudged', 'What could not be judged', lead, markup`<ul class="plain">${items}</ul>`);
}

/** Test accounts that were refused: another one of the role may have hidden it. */
export function accountsSection(run: Run): Markup {
  const accounts = refusedAccountsOf(run);
  if (accounts.length === 0) return nothing;
  const items = accounts.map(({ user, words }) => markup`<li><b>${user}</b>: ${words}</li>`);
  return section('accounts', 'Test accounts', null, markup`<ul class="plain">${items}</ul>`);
}

/** Problems that people know of, and what became of them. */
export function knownSection({ known }: Summary): Markup {
  if (known.length === 0) return nothing;
  const items = known.map((one) => markup`<li>${knownLine(one)}</li>`);
  const lead = 'They decide nothing until their day; then they count again.';
  return section('known', 'Known problems', lead, markup`<ul class="plain">${items}</ul>`);
}

/** What the runs are compared for: what has happened since, or what would be otherwise. */
export function differenceTitle(run: Run, previous: Run | null): string {
  return previous?.id === run.id ? 'What would differ' : 'Since last time';
}

/** What the command left out on purpose. */
export function notAskedSection({ notAsked }: Summary): Markup {
  if (notAsked.length === 0) return nothing;
  const items = notAsked.map((line) => markup`<li>${line}</li>`);
  return section('not-asked', 'What was not asked', null, markup`<ul class="plain">${items}</ul>`);
}

/** Every check by name with its verdicts, those that found nothing too: a check that did not run must not pass for one that did. */
export function checksSection(run: Run): Markup {
  if (run.findings.length === 0) return nothing;
  const rows = run.asked.faults.map((fault) => {
    const counts: Record<Status, number> = { present: 0, absent: 0, 'not-applicable': 0, inconclusive: 0 };
    for (const finding of run.findings) if (finding.fault === fault) counts[finding.verdict.status] += 1;
    const entry = run.catalogue.find(({ id }) => id === fault);
    const sum = counts.present + counts.absent + counts['not-applicable'] + counts.inconclusive;
    const words = sum === 0 ? 'nothing to judge it at' : '';
    const cells = [counts.present, counts.absent, counts['not-applicable'], counts.inconclusive];
    const title = visible(
      (counts.present === 0 && counts.inconclusive === 0 && sum > 0 ? entry?.titleAbsent : entry?.title) ?? fault,
    );
    return markup`<tr><th scope="row">${title}<br><code class="soft">${fault}</code> <span class="soft">${words}</span></th>${cells.map((number) => markup`<td>${number}</td>`)}</tr>`;
  });
  const body = markup`<details><summary>${count(rows.length, 'check')} by name</summary><div class="scroll"><table><thead><tr><th scope="col">Check</th><th scope="col">not well</th><th scope="col">well</th><th scope="col">did not apply</th><th scope="col">not judged</th></tr></thead><tbody>${rows}</tbody></table></div></details>`;
  return section('checks', 'What was checked', null, body);
}

/** What changed since the run before. */
export function diffSection(run: Run, previous: Run | null): Markup {
  if (previous === null) return nothing;
  const diff = diffRuns(previous, run);
  const lead =
    previous.id === run.id
      ? 'Compared with what was seen, judged at its own time.'
      : `Compared with run ${visible(previous.id)}, judged at ${timeOf(previous.judgedAt)}.`;
  if (isEmpty(diff)) {
    const words = `Nothing changed; ${count(diff.stillPresent.length, 'finding')} still present.`;
    return section('difference', differenceTitle(run, previous), lead, markup`<p>${words}</p>`);
  }
  const groups = diffSections(diff).map(
    ({ title, mark, findings, lines }) =>
      markup`<h3>${title} <span class="soft">${findings}</span></h3><ul class="changes">${lines.map((line) => markup`<li><span class="mark" aria-hidden="true">${mark}</span>${line}</li>`)}</ul>`,
  );
  return section('difference', differenceTitle(run, previous), lead, groups);
}
