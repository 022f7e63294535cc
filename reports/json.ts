import { Run } from '#model/run.ts';
import { compare } from './endpoints.ts';
import { escapeJson } from './escape.ts';
import type { Reporter } from './reporter.ts';

/** The document itself: what every other report is made from. */
export const json: Reporter = {
  id: 'json',
  title: 'JSON',
  describes: 'For programs, and for judging again later: the whole run, as its schema says.',
  render: (run) => [{ path: 'run.json', contents: runJson(run) }],
};

/** Pretty, its fields in the schema's order and certificates by digest, so that equal runs are equal bytes. Ends in a line feed. */
export function runJson(run: Run): string {
  const certificates = Object.fromEntries(
    Object.entries(run.certificates).sort(([one], [other]) => compare(one, other)),
  );
  const fields = Object.keys(Run.shape) as (keyof Run)[];
  const ordered = Object.fromEntries(
    fields.map((field) => [field, field === 'certificates' ? certificates : run[field]]),
  );
  return `${escapeJson(JSON.stringify(ordered, null, 2))}\n`;
}
