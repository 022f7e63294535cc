import type { Run } from '#model/run.ts';
import { healthWords, type Health, type Summary } from '../summary.ts';
import { unjudgedWords } from '../unjudged.ts';
import { whereWords } from '../where.ts';
import { visible } from '../escape.ts';
import { count, timeOf } from '../words.ts';
import { markup, nothing, type Markup } from './markup.ts';

const tones: Readonly<Record<Health, string>> = {
  well: 'well',
  'not-well': 'critical',
  'could-not-judge-all': 'unjudged',
};

/** The first screen: is it well, and if not, what first? `foreseen` stands before it. */
export function verdict(run: Run, summary: Summary, foreseen: Markup): Markup {
  const { deployment, release, file } = run.inventory;
  const what = [deployment, release, file === null ? null : fileName(file)]
    .filter((part) => part !== null)
    .map((part) => visible(part));
  return markup`
<p class="running"><strong>uccert</strong> <span>${what.join(' ')}</span> <span>judged at <time datetime="${run.judgedAt}">${timeOf(run.judgedAt)}</time></span> <span>seen from ${visible(run.vantage)}</span></p>${foreseen}
<div class="verdict ${tones[summary.health]}">
<h1>${healthWords[summary.health]}</h1>
<p class="headline">${summary.headline}</p>
${whatFirst(summary)}
</div>`;
}

function whatFirst({ problems, unjudged, health }: Summary): Markup {
  const [problem] = problems;
  const [unknown] = unjudged;
  if (problem !== undefined && health === 'not-well') {
    const [place, ...more] = problem.where;
    const others = more.length === 0 ? '' : ` and ${count(more.length, 'other place')}`;
    return markup`
<div class="first">
<p class="soft">What first</p>
<p class="what"><a href="#problem-1">${problem.title}</a></p>
<p>${place === undefined ? '' : whereWords(place)}${others}</p>
<p>${problem.advice}</p>
</div>`;
  }
  if (unknown === undefined) return nothing;
  return markup`
<div class="first">
<p class="soft">What first</p>
<p class="what"><a href="#unjudged">${unjudgedWords(unknown)}</a></p>
<p>${unknown.failure.advice}</p>
</div>`;
}

/** The folders above a file are of the machine it was made on, and say nothing to a reader elsewhere. */
export function fileName(path: string): string {
  return path.split(/[\\/]/).at(-1) ?? path;
}
