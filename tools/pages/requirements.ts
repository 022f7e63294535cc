import { scenarios } from '#lab/scenarios/index.ts';
import { requirementList, requiringDocuments } from '#products/requirements.ts';
import { table } from './table.ts';

export function requirementsPage(): string {
  return [
    '# What documents ask for',
    '',
    'What Cisco’s documents ask of certificates, in our own words, and the [scenarios](scenarios.md) of the lab in which it is not so; or why there is nothing to break.',
    '',
    table(
      ['row', 'document', 'what is asked for', 'scenarios'],
      requirementList.map(({ id, document, asks, isNoStateBecause }) => [
        id,
        requiringDocuments[document],
        asks,
        isNoStateBecause === undefined
          ? scenarios
              .filter(({ rows = [] }) => rows.includes(id))
              .map((scenario) => `\`${scenario.id}\``)
              .join(', ')
          : `none: ${isNoStateBecause}`,
      ]),
    ),
  ].join('\n');
}
