import { isScript, isThing, textOf, type Thing, type Value } from './values.ts';

/** What a pipeline leaves on the screen: texts line by line, objects as a table under their names. */
export function screenText(values: readonly Value[]): string {
  const flat = values.flatMap((value): readonly Value[] =>
    Array.isArray(value) ? (value as readonly Value[]) : [value],
  );
  const lines: string[] = [];
  let things: Thing[] = [];
  const endTable = (): void => {
    if (things.length > 0) lines.push(tableText(things));
    things = [];
  };
  for (const value of flat) {
    if (isThing(value)) {
      if (things[0] !== undefined && things[0].columns.join() !== value.columns.join()) endTable();
      things.push(value);
      continue;
    }
    endTable();
    if (value instanceof Uint8Array) lines.push([...value].join('\n'));
    else if (value !== null && !isScript(value)) lines.push(textOf(value));
  }
  endTable();
  return lines.length === 0 ? '' : `${lines.join('\n')}\n`;
}

/** No column is cut short: there is no screen whose width would ask for it. */
function tableText(things: readonly Thing[]): string {
  const [first] = things;
  if (first === undefined) return '';
  const rows = things.map(({ columns, properties }) => columns.map((name) => textOf(properties[name] ?? null)));
  const widths = first.columns.map((name, at) => Math.max(name.length, ...rows.map((row) => (row[at] ?? '').length)));
  const line = (cells: readonly string[]): string =>
    cells.map((cell, at) => (at === cells.length - 1 ? cell : cell.padEnd(widths[at] ?? 0))).join(' ');
  const parent = first.parent === undefined ? [] : ['', '', `   PSParentPath: ${first.parent}`];
  const dashes = first.columns.map((name) => '-'.repeat(name.length));
  return [...parent, '', line(first.columns), line(dashes), ...rows.map(line), '', ''].join('\n');
}

/** Format-List. */
export function listText(things: readonly Value[], names: readonly string[]): string {
  const blocks = things.filter(isThing).map(({ properties }) => {
    const all = Object.keys(properties);
    const wanted = names.length === 0 || names.includes('*') ? all : names;
    const shown = wanted.map((name) => all.find((each) => each.toLowerCase() === name.toLowerCase()) ?? name);
    const width = Math.max(...shown.map((name) => name.length));
    return shown.map((name) => `${name.padEnd(width)} : ${listValue(properties[name] ?? null)}`).join('\n');
  });
  return `\n${blocks.join('\n\n')}\n\n`;
}

function listValue(value: Value): string {
  if (value instanceof Uint8Array) return `{${[...value.subarray(0, 4)].join(', ')}...}`;
  return Array.isArray(value) ? `{${(value as readonly Value[]).map(textOf).join(', ')}}` : textOf(value);
}
