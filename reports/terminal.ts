import type { KnownState } from '#model/known.ts';
import type { Run } from '#model/run.ts';
import { browserViewsOf } from './browser-views.ts';
import { certificatesOf } from './certificates.ts';
import { diffRuns, diffSections, isEmpty, type RunDiff } from './diff.ts';
import { harmless, visible } from './escape.ts';
import { filesAmiss } from './files.ts';
import { foreseenOf, type Foreseen } from './foreseen.ts';
import { knownLine } from './known-line.ts';
import {
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
import { changedPages, signsWords } from './page-history.ts';
import { problemBlock, severityFormats } from './problem-block.ts';
import type { Reporter } from './reporter.ts';
import { healthWords, summarise, type Health, type Summary } from './summary.ts';
import { refusedAccountsOf } from './refused-accounts.ts';
import { labelled, wrap } from './text.ts';
import { matrixBlock } from './trust-matrix.ts';
import { unjudgedWords, type Unjudged } from './unjudged.ts';
import { whereWords } from './where.ts';
import { count, countsWords, list, timeOf } from './words.ts';

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
  const title = `pages in the last ${count(earlier.length + 1, 'run')}, this one at the end (${signsWords})`;
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
  const pages = observations.filter(({ kind }) => kind === 'browser-page');
  const opened = pages.flatMap(({ outcome, place }) =>
    outcome === 'recorded' && place.at === 'page' ? [place.client] : [],
  );
  if (opened.length === 0) return [];
  const through = inventory.clients.filter(({ id }) => opened.includes(id));
  const browsers = new Set(through.map(({ browser = 'chromium' }) => browser));
  const others = pages.length === opened.length ? '' : `, ${count(pages.length - opened.length, 'other page')} not`;
  return [`${count(opened.length, 'page')} looked at in ${list([...browsers])}${others}`];
}
