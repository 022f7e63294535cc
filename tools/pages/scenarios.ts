import { scenarios } from '#lab/scenarios/index.ts';
import { faultsShownBy, labOf } from '#lab/scenario.ts';
import { table } from './table.ts';

export function scenariosPage(): string {
  return [
    '# Scenarios of the lab',
    '',
    'Break the lab with `uccert lab break ID`, heal it with `uccert lab heal`. Each shows exactly these faults to `uccert trust --deep` and to the command named, and some to a browser: tests hold them to it.',
    '',
    table(
      ['scenario', 'what happened', 'lab', 'shows'],
      scenarios.map(({ id, title, story, ...scenario }) => [
        `\`${id}\``,
        `**${title}.** ${story}${scenario.look === undefined ? '' : ` Seen by \`uccert ${scenario.look.with}\`.`}`,
        labOf(scenario),
        faultsShownBy(scenario)
          .map((fault) => `[${fault}](faults/${fault}.md)`)
          .join(', '),
      ]),
    ),
  ].join('\n');
}
