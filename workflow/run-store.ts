import { existsSync, mkdirSync, readdirSync, readFileSync, renameSync, statSync, writeFileSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import { messageOf, UsageError } from '#model/errors.ts';
import { Run } from '#model/run.ts';

const fileName = 'run.json';

/** Writes a run into a folder as `run.json`, whole or not at all. */
export function saveRun(run: Run, folder: string): string {
  const file = join(folder, fileName);
  writeWhole(file, `${JSON.stringify(run, null, 2)}\n`);
  return file;
}

/** Writes a file beside its place and moves it there: a reader never meets half of it. */
export function writeWhole(file: string, contents: string | Uint8Array, mode = 0o644): void {
  mkdirSync(dirname(file), { recursive: true });
  const draft = `${file}.${String(process.pid)}.draft`;
  writeFileSync(draft, contents, { mode });
  renameSync(draft, file);
}

/** Reads a run named by file, folder, id or `last`. `runs` is the folder that runs are kept in. */
export function loadRun(name: string, runs: string): Run {
  const file = runFile(name, runs);
  const matters = 'A report, plan or difference is a function of the run: there is nothing to make it from.';
  let text: string;
  try {
    text = readFileSync(file, 'utf8');
  } catch (error) {
    throw new UsageError(
      {
        seen: `The run ${name} cannot be read: ${messageOf(error)}`,
        matters,
        todo: 'Name a file, a folder, an id or "last"; uccert list runs shows them.',
      },
      { cause: error },
    );
  }
  try {
    return Run.parse(JSON.parse(text));
  } catch (error) {
    throw new UsageError(
      {
        seen: `${file} is no run of this version: ${messageOf(error).slice(0, 400)}`,
        matters,
        todo: 'Make a new run with uccert scan.',
      },
      { cause: error },
    );
  }
}

/** Ids of the runs kept, the oldest first. */
export function listRuns(runs: string): string[] {
  if (!existsSync(runs)) return [];
  return readdirSync(runs)
    .filter((name) => existsSync(join(runs, name, fileName)))
    .sort();
}

/** The file of a run named by file, folder, id or `last`. */
export function runFile(name: string, runs: string): string {
  if (name === 'last') {
    const last = listRuns(runs).at(-1);
    if (last !== undefined) return join(runs, last, fileName);
    throw new UsageError({
      seen: `No run is kept in ${runs}.`,
      matters: 'There is no last run to read.',
      todo: 'Make one with uccert scan.',
    });
  }
  const kept = join(runs, name, fileName);
  if (existsSync(kept)) return kept;
  const path = resolve(name);
  return existsSync(path) && statSync(path).isDirectory() ? join(path, fileName) : path;
}
