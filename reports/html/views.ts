import type { Run } from '#model/run.ts';
import { browserViewsOf } from '../browser-views.ts';
import { visible } from '../escape.ts';
import { count } from '../words.ts';
import { markup, nothing, type Markup } from './markup.ts';
import { section } from './parts.ts';

/** What the Chrome of each PC is predicted to stop at. */
export function viewsSection(run: Run): Markup {
  const views = browserViewsOf(run);
  if (views === null) return nothing;
  const { pages, stops } = views;
  const lead = `From the certificates and from what each PC trusts; uccert browse asks a browser. ${count(pages, 'page')} in all.`;
  const body =
    stops.length === 0
      ? markup`<p>Chrome opens every page without a warning.</p>`
      : markup`<div class="scroll"><table class="stack"><thead><tr><th scope="col">PC</th><th scope="col">Chrome stops with</th><th scope="col">Where</th></tr></thead><tbody>${stops.map(
          ({ client, error, where }) =>
            markup`<tr><th scope="row">${client}</th><td><code>${visible(error)}</code></td><td>${where.join(', ')}</td></tr>`,
        )}</tbody></table></div>`;
  return section('views', 'What Chrome stops at, as predicted', lead, body);
}
