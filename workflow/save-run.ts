import { join } from 'node:path';
import { keptParts } from '#model/kept-parts.ts';
import type { Run } from '#model/run.ts';
import { writeWhole } from './whole-file.ts';

/** What a run is called in its folder. */
export const runFileName = 'run.json';

/** Writes a run into a folder as `run.json`, whole or not at all. */
export function saveRun(run: Run, folder: string): string {
  const file = join(folder, runFileName);
  writeWhole(file, linesOf(run));
  return file;
}

/** The document in pieces, a line for each element of a list: a fleet's run is never one string. */
function* linesOf(run: Run): Generator<string> {
  let before = '{\n';
  for (const [field, value] of Object.entries({ ...run, ...keptParts(run.findings) })) {
    yield `${before}${JSON.stringify(field)}: `;
    if (Array.isArray(value)) yield* listOf(value);
    else yield JSON.stringify(value);
    before = ',\n';
  }
  yield '\n}\n';
}

function* listOf(list: readonly unknown[]): Generator<string> {
  if (list.length === 0) {
    yield '[]';
    return;
  }
  let separator = '[\n';
  for (const element of list) {
    yield separator + JSON.stringify(element);
    separator = ',\n';
  }
  yield '\n]';
}
