import type { Runbook, RunbookLine, RunbookStep } from '#model/runbook.ts';
import { harmless } from '../escape.ts';
import { targetsWords } from '../where.ts';

/** The runbook as Markdown: to be read, edited and printed. Commands stand alone in their blocks, to be copied whole. */
export function runbookMarkdown(runbook: Runbook): string {
  return `${[
    `# Runbook for plan ${runbook.plan}`,
    `Made ${runbook.madeAt}, plan SHA-256 \`${runbook.digest}\`.`,
    `## Machines`,
    machines(runbook.machines),
    `## Before the first step`,
    bullets(runbook.before, '- [ ] '),
    ...(runbook.stops.length === 0 ? [] : [`## What stops meanwhile\n\n${numbered(runbook.stops)}`]),
    ...contents(runbook.changes),
    ...runbook.changes.flatMap((change, at) => [
      `## Change ${String(at + 1)}: ${text(change.title)}`,
      `Puts right: ${text(words(change.clears))}`,
      ...(change.irreversible.length === 0 ? [] : [`**Cannot be taken back:**\n\n${bullets(change.irreversible)}`]),
      ...change.brings.map((line) => `Brings with it: ${text(line)}.`),
      ...named('Needs besides, done once for several changes:', change.needs),
      ...change.steps.map((step, place) => stepText(step, `${String(at + 1)}.${String(place + 1)}`)),
      `### Done when\n\n${bullets(doneWhen(change), '- [ ] ')}`,
      signatures,
    ]),
    ...(runbook.after.length === 0
      ? []
      : [`## Once all has been well for some days`, ...runbook.after.map(lineText), signatures]),
    ...(runbook.notCovered.length === 0 ? [] : [`## Not in this plan\n\n${bullets(runbook.notCovered)}`]),
    `## What was seen when the plan was made`,
    ...runbook.basis.map(({ of, lines }) => `### ${text(of)}\n\n${bullets(lines)}`),
  ].join('\n\n')}\n`;
}

type Change = Runbook['changes'][number];

/** What the document holds, where that is more than one change. */
function contents(changes: readonly Change[]): string[] {
  if (changes.length < 2) return [];
  const lines = changes.map(({ title }, at) => `Change ${String(at + 1)}: ${title}, ${stepsWords(changes, at)}`);
  return [`## Changes\n\n${bullets(lines)}`];
}

/** The numbers of the steps of a change. */
export function stepsWords(changes: readonly Change[], at: number): string {
  const last = changes[at]?.steps.length ?? 0;
  const number = (place: number): string => `${String(at + 1)}.${String(place)}`;
  return last === 1 ? `step ${number(1)}` : `steps ${number(1)} to ${number(last)}`;
}

function words(targets: Change['clears']): string {
  return targetsWords(targets, (fault) => fault);
}

/** What must be seen at the end of a change, in words. */
export function doneWhen({ clears, keeps }: Change): string[] {
  return [
    `\`uccert trust\` no longer finds ${words(clears)}.`,
    ...(keeps.length === 0 ? [] : [`Nor does it find ${words(keeps)}.`]),
  ];
}

const signatures = ['| done by | checked by | date and time |', '| --- | --- | --- |', '|  |  |  |'].join('\n');

function stepText(step: RunbookStep, number: string): string {
  return [
    `### ${number} ${text(step.title)}`,
    `Where: **${text(step.where)}**${step.outage === null ? '' : `. Meanwhile: ${text(step.outage)}`}`,
    ...(step.before.length === 0 ? [] : [`Before it:\n\n${bullets(step.before, '- [ ] ')}`]),
    ...step.ways.map(
      ({ by, lines }, at) => `${at === 0 ? 'By' : 'Or by'} ${text(by)}:\n\n${lines.map(lineText).join('\n\n')}`,
    ),
    ...named('Taken up when restarted in:', step.takenUpBy),
    `Check:\n\n${bullets(step.check, '- [ ] ')}`,
    `Way back:\n\n${step.back.map(lineText).join('\n\n')}`,
  ].join('\n\n');
}

function named(heading: string, steps: RunbookStep['takenUpBy']): string[] {
  if (steps.length === 0) return [];
  return [`${heading}\n\n${bullets(steps.map(({ number, title }) => `${number} ${title}`))}`];
}

function lineText(line: RunbookLine): string {
  switch (line.kind) {
    case 'command':
      return block(line.text);
    case 'paste':
      return block(line.text);
    case 'answer':
      return `At \`${harmless(line.to).replaceAll('`', "'")}\` answer **${text(line.text)}**.`;
    case 'click':
      return text(line.text);
    case 'tick':
      return bullets([line.text], '- [ ] ');
  }
}

function block(contents: string): string {
  return ['```', ...contents.split('\n').map(harmless), '```'].join('\n');
}

function machines(list: Runbook['machines']): string {
  const rows = list.map((machine) => `| ${[machine.id, machine.name, machine.is].map(text).join(' | ')} |`);
  return ['| machine | sign in to | is |', '| --- | --- | --- |', ...rows].join('\n');
}

function numbered(lines: readonly string[]): string {
  return lines.map((line, at) => `${String(at + 1)}. ${text(line)}`).join('\n');
}

function bullets(lines: readonly string[], mark = '- '): string {
  return lines.map((line) => mark + text(line)).join('\n');
}

/**
 * Text that Markdown takes for nothing else. Commands between grave accents stay so. Paths and names with signs that it would take for its own are
 * set as code, and read and copied as they are, in the raw file too.
 */
function text(words: string): string {
  return harmless(words)
    .split(/(`[^`]+`)/)
    .map((part, at) => (at % 2 === 1 ? part : asText(part)))
    .join('');
}

function asText(words: string): string {
  const parts = words.split(/([^\s`"(),;]*[\\_%][^\s`"(),;]*[^\s`"(),;:.])/);
  return parts.map((part, at) => (at % 2 === 1 ? `\`${part}\`` : part.replace(/[\\`*_{}[\]<>#|]/g, '\\$&'))).join('');
}
