import { remediations } from '#remediations/index.ts';
import { leftToPeople } from '#remediations/left-to-people.ts';
import { sourceLine } from './table.ts';

export function remediationsPage(): string {
  return [
    '# Remediations',
    '',
    ...remediations.flatMap(({ id, title, describes, fixes, on, sources }) => [
      `## ${id}`,
      '',
      `**${title}.** ${describes}`,
      '',
      `- clears ${fixes.map((fault) => `[${fault}](faults/${fault}.md)`).join(', ')}`,
      `- on ${on.map((product) => `[${product}](products/${product}.md)`).join(', ')}`,
      ...sources.map((source) => `- source: ${sourceLine(source)}`),
      '',
    ]),
    '## Left to people',
    '',
    'What no plan puts right, or not on every machine, and why.',
    '',
    ...[...leftToPeople].map(
      ([fault, { because, lookedAt = [] }]) =>
        `- [${fault}](faults/${fault}.md): ${because}${lookedAt.length === 0 ? '' : `; looked for in ${lookedAt.map(sourceLine).join('; ')}`}`,
    ),
    '',
  ].join('\n');
}
