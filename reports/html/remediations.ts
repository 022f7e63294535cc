import { neededSteps, neededWords } from '#model/needed-steps.ts';
import type { Applied, Outcome } from '#model/plan.ts';
import type { Step } from '#model/step.ts';
import type { Run } from '#model/run.ts';
import { stepTitle } from '#model/step-title.ts';
import { visible } from '../escape.ts';
import { targetsWords } from '../where.ts';
import { count, list, spanWords, timeOf } from '../words.ts';
import { markup, nothing, type Markup } from './markup.ts';
import { section } from './parts.ts';

/** What was changed, told in order: why, what, and how it ended. */
export function remediationsSection({ remediations, catalogue }: Run): Markup {
  if (remediations.length === 0) return nothing;
  const titles = new Map(catalogue.map(({ id, title }) => [id, title]));
  return section(
    'changes',
    'What was changed',
    null,
    remediations.map((applied) => story(applied, titles)),
  );
}

const endings: Readonly<Record<Outcome['status'], { tone: string; tag: string }>> = {
  verified: { tone: 'well', tag: 'verified' },
  'rolled-back': { tone: 'major', tag: 'rolled back' },
  stranded: { tone: 'critical', tag: 'stranded' },
};

function story({ plan, outcome, startedAt, finishedAt }: Applied, titles: ReadonlyMap<string, string>): Markup {
  const { tone, tag } = endings[outcome.status];
  const took = spanWords(Date.parse(finishedAt) - Date.parse(startedAt));
  const steps = plan.changes.reduce((sum, change) => sum + change.steps.length, 0);
  return markup`
<article class="card ${tone}"><span class="tag">${tag}</span>
<h3>${list(plan.changes.map(({ title }) => visible(title)))}</h3>
<p class="soft">Plan ${visible(plan.id)}, made from run ${visible(plan.run)}. Begun <time>${timeOf(startedAt)}</time>; ${count(steps, 'step')} in ${took}.</p>
${plan.changes.map(
  (change) => markup`
<p>${outcome.status === 'verified' ? 'To clear' : 'Meant to clear'}: ${targetsWords(change.targets, (fault) => visible(titles.get(fault) ?? fault))}.</p>${outcome.status === 'verified' ? null : markup`<p class="soft">The steps of the plan; its journal tells which were reached.</p>`}
<ol class="steps">${change.steps.map((step) => markup`<li>${stepWords(step)}</li>`)}</ol>
${neededWords(neededSteps(change, plan.changes)).map((words) => markup`<p class="soft">Needs ${words}.</p>`)}
${(change.brings ?? []).map((words) => markup`<p class="soft">Brings with it: ${visible(words)}</p>`)}
${change.irreversible.map((words) => markup`<p class="soft">Cannot be taken back: ${visible(words)}</p>`)}`,
)}
${ending(outcome)}
${
  plan.notCovered.length === 0
    ? null
    : markup`<p class="soft">Not covered by this plan: ${targetsWords(plan.notCovered, (fault) => visible(titles.get(fault) ?? fault))}.</p>`
}
</article>`;
}

function ending(outcome: Outcome): Markup {
  switch (outcome.status) {
    case 'verified':
      return markup`<p><b>It is verified:</b> the checks that found the fault were made again and found it gone.</p>`;
    case 'rolled-back':
      return markup`<p><b>It was rolled back:</b> ${visible(outcome.because)}. What had been done was undone in reverse.</p>`;
    case 'stranded':
      return markup`<p><b>It is stranded:</b> not all of it could be taken back. It was to be, because: ${visible(outcome.because)}</p><p>What stays as the plan left it:</p><ul>${outcome.left.map((left) => markup`<li>${visible(left)}</li>`)}</ul><p>Next: ${visible(outcome.next)}</p>`;
  }
}

function stepWords(step: Step): string {
  const meanwhile = 'outage' in step ? `; meanwhile ${step.outage}` : '';
  return visible(`${stepTitle(step)}${meanwhile}`);
}
