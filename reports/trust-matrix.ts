import type { MachineId } from '#model/names.ts';
import type { Run } from '#model/run.ts';
import { visible } from './escape.ts';
import { rule, type Lines, type Page } from './page.ts';
import { wrap } from './text.ts';
import { linksOf, matrixOf, tally, worstOf, type LinkState, type TrustMatrix } from './trust-links.ts';
import { count } from './words.ts';

const marks: Readonly<Record<LinkState, string>> = { trusted: '+', amiss: '!', broken: 'X', 'not judged': '?' };
const formats = {
  trusted: 'green',
  amiss: ['bold', 'yellow'],
  broken: ['bold', 'red'],
  'not judged': 'magenta',
} as const;

const indent = 3;
/** Columns of the terminal for one machine. */
const cellWidth = 3;

/** Who trusts whom, row relying on column; empty where links were not asked or there are none. */
export function matrixBlock(run: Run, page: Page): Lines {
  const all = linksOf(run);
  if (all === null) return [];
  const links = page.isForAgents === true ? all.filter(({ isNoticedByAgents }) => isNoticedByAgents) : all;
  if (all.length === 0) return [];
  const what = page.isForAgents === true ? 'trust that agents and callers notice' : 'trust';
  const unnoticed = all.length - links.length;
  const whole = matrixOf(run, links);
  const shown = fitting(whole, page.width);
  const left = whole.rows.length - shown.rows.length;
  const names = Math.max(...shown.rows.map((id) => id.length), 0);
  const number = new Map(shown.columns.map((id, at) => [id, String(at + 1)]));
  const heading =
    ' '.repeat(indent + names + 1) + shown.columns.map((id) => (number.get(id) ?? '').padStart(cellWidth)).join('');
  const { count: states, stops } = tally(links);
  const words = [
    `${count(states.trusted, 'link')} trusted`,
    `${states.broken} broken`,
    ...(states.amiss === 0 ? [] : [`${states.amiss} with another fault`]),
    ...(states['not judged'] === 0 ? [] : [`${states['not judged']} not judged`]),
  ];
  return [
    rule(`${what}: rows rely on columns`, page),
    ...indented(`${words.join(', ')}${stops.length === 0 ? '' : `; stopped: ${stops.join(', ')}`}`, page),
    ...(shown.rows.length === 0 ? [] : ['', page.paint('dim', heading)]),
    ...shown.rows.map(
      (row) =>
        ' '.repeat(indent) +
        visible(row).padEnd(names + 1) +
        shown.columns.map((column) => cell(whole, row, column, page)).join(''),
    ),
    ...legend(shown, number, page),
    ...(unnoticed > 0 ? indented(`${count(unnoticed, 'link')} that they do not notice left out.`, page) : []),
    ...(left > 0
      ? indented(`${count(left, 'machine')} all of whose links are trusted, left out; the HTML page shows them.`, page)
      : []),
  ];
}

function cell(matrix: TrustMatrix, row: MachineId, column: MachineId, page: Page): string {
  if (row === column) return page.paint('dim', '·'.padStart(cellWidth));
  const links = matrix.cell(row, column);
  if (links.length === 0) return ' '.repeat(cellWidth);
  const state = worstOf(links);
  return page.paint([...[formats[state]].flat()], marks[state].padStart(cellWidth));
}

/** The whole matrix where it fits; else only what is not as it should be. */
function fitting(matrix: TrustMatrix, width: number): Pick<TrustMatrix, 'rows' | 'columns'> {
  const names = Math.max(...matrix.rows.map((id) => id.length), 0);
  const room = Math.floor((width - indent - names - 1) / cellWidth);
  if (matrix.columns.length <= room) return matrix;
  const isAmiss = (row: MachineId, column: MachineId): boolean => worstOf(matrix.cell(row, column)) !== 'trusted';
  const columns = matrix.columns.filter((column) => matrix.rows.some((row) => isAmiss(row, column)));
  return {
    rows: matrix.rows.filter((row) => matrix.columns.some((column) => isAmiss(row, column))),
    columns: columns.slice(0, room),
  };
}

function indented(text: string, { width }: Page): Lines {
  return wrap(text, width - indent).map((line) => ' '.repeat(indent) + line);
}

/** What the numbers and the marks mean. */
function legend({ columns }: Pick<TrustMatrix, 'columns'>, number: ReadonlyMap<MachineId, string>, page: Page): Lines {
  if (columns.length === 0) return [];
  const entries = columns.map((id) => `${number.get(id) ?? ''} ${visible(id)}`);
  const lines: string[] = [];
  for (const entry of entries) {
    const last = lines.at(-1);
    if (last !== undefined && last.length + entry.length + 3 <= page.width - indent)
      lines[lines.length - 1] = `${last}   ${entry}`;
    else lines.push(entry);
  }
  const meaning = '+ trusted   X broken   ! another fault   ? not judged   blank: no link is documented';
  return ['', ...[...lines, meaning].flatMap((line) => indented(line, page).map((part) => page.paint('dim', part)))];
}
