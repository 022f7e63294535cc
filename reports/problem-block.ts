import type { Severity } from '#model/finding.ts';
import type { CertificateFacts } from './certificates.ts';
import { visible } from './escape.ts';
import { askedWords, filesOfPages, missedPages, missedWords } from './missed-pages.ts';
import { column, indent, row, type Format, type Lines, type Page } from './page.ts';
import type { Problem } from './summary.ts';
import { labelled, wrap } from './text.ts';
import { placesWords } from './where.ts';
import { certificateLine, count, restartWords } from './words.ts';

export const severityFormats: Readonly<Record<Severity, Format>> = {
  critical: ['bold', 'red'],
  major: ['bold', 'yellow'],
  minor: ['bold', 'cyan'],
  notice: ['bold', 'blue'],
};

/** One problem whole: where, what was seen, why it matters, what to do. */
export function problemBlock(
  problem: Problem,
  number: number,
  certificates: ReadonlyMap<string, CertificateFacts>,
  page: Page,
): Lines {
  const { entry, fault, severity } = problem;
  const certificate = problem.certificate === null ? undefined : certificates.get(problem.certificate);
  const sources = problem.sources.slice(0, page.isVerbose ? undefined : 1);
  const prefix = `${number}.`.padEnd(indent);
  const [title = '', ...rest] = wrap(visible(problem.title), page.width - indent - severity.length - 2);
  return [
    `${prefix}${page.paint(severityFormats[severity], severity.toUpperCase())}  ${page.paint('bold', title)}`,
    ...rest.map((line) => `${' '.repeat(indent + severity.length + 2)}${page.paint('bold', line)}`),
    '',
    ...whereRows(problem, page),
    ...(page.isVerbose ? problem.because : problem.because.slice(0, 2)).flatMap((because, index) =>
      row(index === 0 ? 'seen' : '', because, page),
    ),
    ...evidenceRows(problem, page),
    ...(certificate === undefined ? [] : row('certificate', certificateLine(certificate, page.at), page)),
    ...(certificate === undefined || !page.isVerbose ? [] : row('', `SHA-256 ${certificate.sha256}`, page)),
    ...missedRows(problem, page),
    ...(entry === null
      ? []
      : [
          ...row('why it matters', problem.symptom, page),
          ...(page.isVerbose ? row('cause', entry.cause, page) : []),
          ...row('what to do', problem.advice, page),
        ]),
    ...problem.restarts.flatMap((restart, at) => row(at === 0 ? 'then restart' : '', restartWords(restart), page)),
    ...sources.flatMap(({ document, section, url }, index) =>
      row(index === 0 ? 'source' : '', `${document}, ${section}${page.isVerbose ? ` ${visible(url)}` : ''}`, page),
    ),
    ...row('more', `uccert explain ${fault}`, page),
    ...(entry === null || entry.remediations.length === 0
      ? []
      : row('put right', `uccert plan${page.isVerbose ? `    (${entry.remediations.join(', ')})` : ''}`, page)),
  ];
}

/** Places of a problem that are shown before the rest is counted: the files stand in a block of their own. */
const shownFiles = 3;

function whereRows(problem: Problem, page: Page): Lines {
  const ofFiles = problem.where.every(({ machine }) => machine === null);
  const where = ofFiles && !page.isVerbose ? problem.where.slice(0, shownFiles) : problem.where;
  const more = problem.where.length - where.length;
  return [...placeRows(where, page), ...(more === 0 ? [] : row('', `and ${count(more, 'other file')}`, page))];
}

function placeRows(where: Problem['where'], page: Page): Lines {
  return machineRows(
    'where',
    where.map((place) => [place.machine ?? '', placesWords(place)]),
    page,
  );
}

/** The pages that people miss for it, of a verbose report what they saw there, and what machines ask whose own ports are well: each thing once. */
function missedRows({ symptoms }: Problem, page: Page): Lines {
  const missed = missedPages(symptoms).map((pages) => [pages.machine, missedWords(pages)] as const);
  const seen = page.isVerbose ? new Set(symptoms.map(({ verdict }) => visible(verdict.because))) : [];
  return [
    ...machineRows('pages missed', missed, page),
    ...[...seen].flatMap((because) => row('', because, page)),
    ...evidenceRows({ evidence: filesOfPages(symptoms) }, page),
    ...askedWords(symptoms).flatMap((asked, at) => row(at === 0 ? 'because' : '', asked, page)),
  ];
}

/** Lines that begin with a machine, in a column of their own. */
function machineRows(label: string, lines: readonly (readonly [machine: string, words: string])[], page: Page): Lines {
  const machines = Math.max(...lines.map(([machine]) => machine.length));
  return lines.flatMap(([machine, words], index) =>
    labelled(index === 0 ? label : '', words, {
      indent,
      column: column + machines + 2,
      width: page.width,
      mark: (shown) => `${page.paint('dim', shown.slice(0, column))}${machine.padEnd(shown.length - column)}`,
    }),
  );
}

function evidenceRows({ evidence }: Pick<Problem, 'evidence'>, page: Page): Lines {
  const shown = page.isVerbose ? Infinity : 3;
  return evidence.flatMap(({ label, values }) => {
    const more = values.length > shown ? ` and ${count(values.length - shown, 'other value')}` : '';
    return row('', `${label}: ${values.slice(0, shown).join(', ')}${more}`, page);
  });
}
