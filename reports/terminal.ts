import type { Severity } from '#model/finding.ts';
import type { KnownState } from '#model/known.ts';
import type { Run } from '#model/run.ts';
import { browserViewsOf } from './browser-views.ts';
import { certificatesOf, type CertificateFacts } from './certificates.ts';
import { diffRuns, diffSections, isEmpty, type RunDiff } from './diff.ts';
import { harmless, visible } from './escape.ts';
import { filesAmiss } from './files.ts';
import { foreseenOf, type Foreseen } from './foreseen.ts';
import { knownLine } from './known-line.ts';
import {
  column,
  indent,
  item,
  narrowest,
  pageOf,
  painter,
  row,
  rule,
  textOf,
  type Format,
  type Lines,
  type Page,
  type TerminalOptions,
} from './page.ts';
import { askedWords, filesOfPages, missedPages, missedWords } from './missed-pages.ts';
import { changedPages } from './page-history.ts';
import type { Reporter } from './reporter.ts';
import { healthWords, summarise, type Health, type Problem, type Summary } from './summary.ts';
import { refusedAccountsOf } from './refused-accounts.ts';
import { labelled, wrap } from './text.ts';
import { matrixBlock } from './trust-matrix.ts';
import { unjudgedWords, type Unjudged } from './unjudged.ts';
import { placesWords, whereWords } from './where.ts';
import { certificateLine, count, countsWords, list, restartWords, timeOf } from './words.ts';

const plain: TerminalOptions = { colour: false, width: 100, isVerbose: false };

/** Text for a terminal or a mail; `render` gives it plain, `renderTerminal` with the terminal's width and colour. */
export const terminal: Reporter = {
  id: 'terminal',
  title: 'Text',
  describes: 'For the person at the terminal: what is wrong, where, why it matters and what to do first.',
  render: (run, previous, _assets, earlier) => [
    { path: 'report.txt', contents: renderTerminal(run, previous, plain, earlier) },
  ],
};

const severityFormats: Readonly<Record<Severity, Format>> = {
  critical: ['bold', 'red'],
  major: ['bold', 'yellow'],
  minor: ['bold', 'cyan'],
  notice: ['bold', 'blue'],
};
const healthFormats: Readonly<Record<Health, Format>> = {
  well: ['bold', 'green'],
  'not-well': ['bold', 'red'],
  'could-not-judge-all': ['bold', 'yellow'],
};

/** The whole report as text that ends in a line feed; the answer first. */
export function renderTerminal(
  run: Run,
  previous: Run | null,
  options: TerminalOptions,
  earlier: readonly Run[] = [],
): string {
  const page = pageOf(run, options);
  const summary = summarise(run);
  const certificates = certificatesOf(run);
  if (previous !== null && !page.isVerbose && isWithoutEffect(run, previous))
    return textOf([nothingChangesBlock(run.supposed ?? [], page), footer(run, summary, page)]);
  return textOf([
    foreseenBlock(foreseenOf(run, previous), page),
    answer(run, summary, page),
    matrixBlock(run, page),
    filesBlock(run, page),
    ...summary.problems.map((problem, index) => problemBlock(problem, index + 1, certificates, page)),
    knownBlock(summary, page),
    browsersBlock(run, page),
    historyBlock(run, earlier, page),
    unjudgedBlock(summary, page),
    accountsBlock(run, page),
    previous === null ? [] : diffBlock(diffRuns(previous, run), page),
    notAskedBlock(summary, page),
    footer(run, summary, page),
  ]);
}

/** The difference alone, for `uccert diff`. */
export function renderDiff(diff: RunDiff, options: Pick<TerminalOptions, 'colour' | 'width'>): string {
  const page = { width: Math.max(narrowest, options.width), paint: painter(options.colour) };
  return `${diffBlock(diff, page)
    .map((line) => line.trimEnd())
    .join('\n')}\n`;
}

function answer(run: Run, summary: Summary, page: Page): Lines {
  const verdict = healthWords[summary.health].toUpperCase();
  const [first, ...more] = wrap(summary.headline, page.width - verdict.length - 3);
  const hang = ' '.repeat(verdict.length + 3);
  return [
    `${page.paint(healthFormats[summary.health], ` ${verdict} `)} ${first ?? ''}`,
    ...more.map((line) => `${hang}${line}`),
    ...whatFirst(summary, page),
  ];
}

function whatFirst(summary: Summary, page: Page): Lines {
  const [problem] = summary.problems;
  const unknown = unjudgedFirst(summary);
  if (problem !== undefined && unknown === undefined) {
    const place = problem.where[0];
    const more = problem.where.length - 1;
    const where =
      place === undefined ? '' : `: ${whereWords(place)}${more > 0 ? ` and ${count(more, 'other place')}` : ''}`;
    return ['', ...row('First', `${problem.title}${where}`, page), ...row('', problem.advice, page)];
  }
  if (unknown === undefined) return [];
  return ['', ...row('First', unjudgedWords(unknown), page), ...row('', unknown.failure.advice, page)];
}

/** What could not be judged, where nothing graver comes first. */
function unjudgedFirst({ problems, unjudged, health }: Summary): Unjudged | undefined {
  return problems.length === 0 || health === 'could-not-judge-all' ? unjudged[0] : undefined;
}

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

/** One line a file where something is wrong; the causes follow, each once. */
function filesBlock(run: Run, page: Page): Lines {
  const files = filesAmiss(run);
  if (files.length === 0) return [];
  return [
    rule('files', page),
    ...files.flatMap(({ path, severity, words }) => {
      const mark = severity === null ? '?' : severity.toUpperCase();
      return labelled(mark, harmless(`${path}: ${words}`), {
        indent,
        column: 10,
        width: page.width,
        mark: (shown) => (severity === null ? shown : page.paint(severityFormats[severity], shown)),
      });
    }),
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

const foreseenFormats: Readonly<Record<Foreseen['outcome'], Format>> = {
  'would break': ['bold', 'red'],
  'would heal': ['bold', 'green'],
  'breaks and heals no link': ['bold', 'cyan'],
};

/** Whether what is supposed changes nothing that was judged: all else is what the run before it has told. */
function isWithoutEffect(run: Run, seen: Run): boolean {
  const foreseen = run.supposed === undefined ? null : foreseenOf(run, seen);
  return foreseen?.outcome === 'breaks and heals no link' && isEmpty(diffRuns(seen, run));
}

function nothingChangesBlock(supposed: readonly string[], page: Page): Lines {
  return [
    ...supposed.flatMap((words, at) => row(at === 0 ? 'Suppose' : 'and', visible(words), page)),
    '',
    `${page.paint(foreseenFormats['breaks and heals no link'], ' NOTHING CHANGES ')} Every link, page and finding is as it was; --verbose shows them.`,
  ];
}

/** What would change: the rest is what would be, not what is. */
function foreseenBlock(foreseen: Foreseen | null, page: Page): Lines {
  if (foreseen === null) return [];
  const { supposed, outcome, headline, breaks, heals } = foreseen;
  return [
    ...supposed.flatMap((words, at) => row(at === 0 ? 'Suppose' : 'and', words, page)),
    '',
    `${page.paint(foreseenFormats[outcome], ` ${outcome.toUpperCase()} `)} ${headline}`,
    ...breaks.flatMap((line) => item('X', line, page)),
    ...heals.flatMap((line) => item('+', line, page)),
    '',
    rule('all of it, as it would be', page),
  ];
}

/** What people would see, where they would be stopped. */
function browsersBlock(run: Run, page: Page): Lines {
  const views = browserViewsOf(run);
  if (views === null || views.stops.length === 0) return [];
  return [
    rule('what Chrome stops at, as predicted', page),
    ...views.stops.flatMap(({ client, error, where }) => item('!', `${client}: ${error} at ${where.join(', ')}`, page)),
  ];
}

/** Pages that are not as they were, or still not well, run by run. */
function historyBlock(run: Run, earlier: readonly Run[], page: Page): Lines {
  const lines = changedPages(run, earlier);
  if (lines.length === 0) return [];
  const title = `pages in the last ${count(earlier.length + 1, 'run')}, the last is this one`;
  return [rule(title, page), ...lines.flatMap((line) => item('', line, page))];
}

/** Problems that people know of, and what became of them. */
function knownBlock({ known }: Summary, page: Page): Lines {
  const told = known.filter(({ state }) => page.isVerbose || state !== 'not-asked');
  if (told.length === 0) return [];
  return [rule('known problems', page), ...told.flatMap((one) => item(knownMarks[one.state], knownLine(one), page))];
}

const knownMarks: Readonly<Record<KnownState, string>> = {
  excused: '~',
  'run-out': '!',
  'not-seen': '-',
  'not-asked': '?',
};

/** All but what was said first. */
function unjudgedBlock(summary: Summary, page: Page): Lines {
  const unjudged = summary.unjudged.filter((one) => one !== unjudgedFirst(summary));
  if (unjudged.length === 0) return [];
  return [
    rule(unjudged.length < summary.unjudged.length ? 'could not be judged either' : 'could not be judged', page),
    ...unjudged.flatMap((one) => [...item('?', unjudgedWords(one), page), ...item('', one.failure.advice, page)]),
  ];
}

/** Test accounts that were refused: another one of the role may have hidden it. */
function accountsBlock(run: Run, page: Page): Lines {
  const accounts = refusedAccountsOf(run);
  if (accounts.length === 0) return [];
  return [rule('test accounts', page), ...accounts.flatMap(({ user, words }) => item('!', `${user}: ${words}`, page))];
}

function diffBlock(diff: RunDiff, page: Pick<Page, 'width' | 'paint'>): Lines {
  const title = rule(diff.before === diff.after ? 'beside what was seen' : `since ${visible(diff.before)}`, page);
  if (isEmpty(diff)) {
    const still = diff.stillPresent.length;
    return [title, ...item('=', `Nothing changed; ${count(still, 'finding')} still present.`, page)];
  }
  return [
    title,
    ...diffSections(diff).flatMap(({ title: heading, mark, findings, lines }) => [
      `${' '.repeat(indent)}${page.paint('bold', `${heading} (${findings})`)}`,
      ...lines.flatMap((line) => item(mark, line, page)),
    ]),
  ];
}

function notAskedBlock({ notAsked }: Summary, page: Page): Lines {
  return notAsked.length === 0 ? [] : [rule('not asked', page), ...item('', notAsked.join('; '), page)];
}

function footer(run: Run, { counts }: Summary, page: Page): Lines {
  const { paint } = page;
  const files = run.observations.filter(({ place }) => place.at === 'file').length;
  const machines = new Set(run.observations.map(({ place }) => place.machine)).size;
  const seen = files > 0 ? `${count(files, 'file')} read on` : `${count(machines, 'machine')} seen from`;
  const text = [
    countsWords(counts),
    ...pagesLine(run),
    `${seen} ${visible(run.vantage)}, judged at ${timeOf(run.judgedAt)}`,
    `run ${run.id}, uccert ${visible(run.tool.version)}`,
  ];
  return [
    paint('dim', '─'.repeat(page.width)),
    ...text.flatMap((line) => wrap(visible(line), page.width).map((part) => paint('dim', part))),
  ];
}

/** How many pages were looked at, and in which browsers. */
function pagesLine({ observations, inventory }: Run): Lines {
  const opened = observations.flatMap(({ kind, outcome, place }) =>
    kind === 'browser-page' && outcome === 'recorded' ? [place.client] : [],
  );
  if (opened.length === 0) return [];
  const through = inventory.clients.filter(({ id }) => opened.includes(id));
  const browsers = new Set(through.map(({ browser = 'chromium' }) => browser));
  return [`${count(opened.length, 'page')} looked at in ${list([...browsers])}`];
}
