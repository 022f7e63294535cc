import { neededSteps, neededWords } from '#model/needed-steps.ts';
import type { Change, Plan } from '#model/plan.ts';
import { machineOfStep } from '#model/step.ts';
import { stepTitle } from '#model/step-title.ts';
import { harmless } from '#reports/escape.ts';
import { subjectsWords, targetsWords } from '#reports/where.ts';
import type { StillToCome } from '#workflow/apply.ts';
import { leftOverLines } from '#workflow/not-covered.ts';
import { repliesWanted } from '#workflow/requests-first.ts';
import { awayInAll } from '#workflow/outages.ts';
import type { WayBack } from '#workflow/way-back.ts';
import { hanging } from './hanging.ts';

/** A plan as a person reads it before consenting: what, where, in which order, what stops meanwhile, what cannot be taken back. */
export function planText(plan: Plan, width: number): string {
  const lines = [`Plan ${plan.id}, made from run ${plan.run}`, ''];
  for (const [place, change] of plan.changes.entries()) lines.push(...changeText(change, place + 1, plan.changes), '');
  const wanted = repliesWanted(plan).length;
  if (wanted > 1)
    lines.push(`The ${String(wanted)} requests are made first, so that they can be answered together.`, '');
  const away = awayInAll(plan.changes);
  if (away !== '') lines.push(`Away for a while, one after the other: ${away}`, '');
  if (plan.unreached.length > 0) {
    lines.push('Not reached: apply will refuse until this is put right');
    for (const { what, because } of plan.unreached) lines.push(`  ${what}: ${because}`);
    lines.push('');
  }
  if (plan.notCovered.length > 0) {
    lines.push('Not in this plan', ...leftOverLines(plan.notCovered, subjectsWords), '');
  }
  // The names of certificates are whatever their makers wrote.
  return lines.flatMap((line) => hanging(harmless(line), width)).join('\n');
}

/** What is still to come of a plan, as a person reads it before consenting; of a way back also what stays, and what is done about that. */
export function stillToComeText(id: string, still: StillToCome, width: number): string {
  const steps = still.way === 'back' ? still.steps : still.steps.map((step) => ({ step, words: stepTitle(step) }));
  const machines = new Set(steps.map(({ step }) => machineOfStep(step)).filter((machine) => machine !== null));
  const places = machines.size === 0 ? '' : `, ${[...machines].join(', ')}`;
  const digits = String(steps.length).length;
  const lines = [
    `Plan ${id}${places}: ${still.way === 'back' ? 'taking it back comes to' : 'is still to be done'}`,
    ...steps.map(({ words }, place) => `  ${String(place + 1).padStart(digits)}  ${words}`),
    ...(still.way === 'back' ? staysText(still) : []),
  ];
  return lines.flatMap((line) => hanging(harmless(line), width)).join('\n');
}

/** What stays of a plan that is closed. */
export function staysDoneText(id: string, done: readonly string[], width: number): string {
  const lines =
    done.length === 0
      ? [`Plan ${id} has done nothing.`]
      : [`Plan ${id}: what it has done stays`, ...done.map((line) => `  ${line}`)];
  return lines.flatMap((line) => hanging(harmless(line), width)).join('\n');
}

function staysText({ kept, keptWith, said, remains }: WayBack): string[] {
  const listed = (heading: string, words: readonly string[]): string[] =>
    words.length === 0 ? [] : [heading, ...words.map((line) => `  ${line}`)];
  return [
    ...listed('Stays done, as nothing takes it back:', kept),
    ...listed('Stays with that, as without it nobody would trust the new certificate:', keptWith),
    ...listed('The plan said that this does not come back:', said),
    ...(kept.length + said.length === 0
      ? []
      : ['Nothing is to be done about that beforehand. Afterwards: uccert trust, then uccert plan for what remains.']),
    ...listed('Remains, and does no harm:', remains),
  ];
}

/** Whether some of it cannot be taken back, so that apply wants to be told. */
export function needsConsent(plan: Plan): boolean {
  return plan.changes.some(({ reversible }) => !reversible);
}

function changeText(change: Change, number: number, changes: Plan['changes']): string[] {
  const width = String(change.steps.length).length;
  return [
    `${String(number)}. ${change.title}`,
    `   clears    ${targetsWords(change.targets, (fault) => fault)}`,
    ...change.steps.flatMap((step, place) => [
      `   ${String(place + 1).padStart(width)}  ${stepTitle(step)}`,
      ...('outage' in step ? [`   ${' '.repeat(width)}  meanwhile ${step.outage}`] : []),
    ]),
    ...neededWords(neededSteps(change, changes)).map((words) => `   needs     ${words}`),
    ...(change.brings ?? []).map((words) => `   brings    ${words}`),
    change.reversible
      ? '   way back  every step can be taken back: uccert roll-back'
      : `   way back  NOT for ${change.irreversible.join('; ')}`,
    ...(change.keeps.length === 0
      ? []
      : [`   verified  also that these are well then: ${subjectsWords(change.keeps.map(({ subject }) => subject))}`]),
  ];
}
