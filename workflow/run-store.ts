import {
  closeSync,
  existsSync,
  mkdirSync,
  openSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import * as z from 'zod';
import { isFileError, messageOf, UsageError } from '#model/errors.ts';
import { keptFormat, keptParts, KeptRun } from '#model/kept-run.ts';
import { Run } from '#model/run.ts';

const fileName = 'run.json';

/** Writes a run into a folder as `run.json`, whole or not at all. */
export function saveRun(run: Run, folder: string): string {
  const file = join(folder, fileName);
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

/** Pieces are written together up to about so many characters; longer texts would live until the old in memory is looked through. */
const pageLength = 1 << 16;

/** Writes a file beside its place and moves it there: a reader never meets half of it. */
export function writeWhole(file: string, contents: string | Uint8Array | Iterable<string>, mode = 0o644): void {
  makeFolder(dirname(file));
  const draft = `${file}.${String(process.pid)}.draft`;
  try {
    if (typeof contents === 'string' || contents instanceof Uint8Array) writeFileSync(draft, contents, { mode });
    else writePieces(draft, contents, mode);
    renameSync(draft, file);
  } catch (error) {
    rmSync(draft, { force: true });
    // A disk that is full says so without a path.
    throw isFileError(error) ? Object.assign(error, { path: file }) : error;
  }
}

function writePieces(file: string, pieces: Iterable<string>, mode: number): void {
  const descriptor = openSync(file, 'w', mode);
  try {
    let page = '';
    for (const piece of pieces) {
      page += piece;
      if (page.length < pageLength) continue;
      writeFileSync(descriptor, page);
      page = '';
    }
    writeFileSync(descriptor, page);
  } finally {
    closeSync(descriptor);
  }
}

/** Makes a folder and what is missing above it, level by level: Node's own recursion never ends below a folder such as /proc. */
export function makeFolder(folder: string): void {
  const path = resolve(folder);
  if (existsSync(path)) return;
  if (dirname(path) !== path) makeFolder(dirname(path));
  try {
    mkdirSync(path);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error;
  }
}

/** Bytes that a run takes at most, in most deployments. */
const roomForRun = 1 << 20;

/** Makes sure of a folder before the work that is to be kept in it. Throws `UsageError`; `matters` says what is lost without it. */
export function ensureWritable(folder: string, matters = 'What is found would be lost.'): void {
  const trial = join(folder, `.uccert-${String(process.pid)}`);
  try {
    makeFolder(folder);
    try {
      // An empty file fits on a full disk.
      writeFileSync(trial, Buffer.alloc(roomForRun));
    } finally {
      rmSync(trial, { force: true });
    }
  } catch (error) {
    throw new UsageError(
      {
        seen: `Nothing can be written into ${folder}: ${messageOf(error)}`,
        matters,
        todo: 'Make room, or name a folder that you may write to with --out, or set $UCCERT_STATE.',
      },
      { cause: error },
    );
  }
}

/**
 * Reads a run named by file, folder, id or `last`. `runs` is the folder that runs are kept in. Where not every run will do, `last` is the
 * last that does, and the very last where none does.
 */
export function loadRun(name: string, runs: string, willDo?: (run: Run) => boolean): Run {
  if (name === 'last' && willDo !== undefined) {
    for (const id of listRuns(runs).reverse()) {
      const run = readableRun(id, runs);
      if (run !== null && willDo(run)) return run;
    }
  }
  const file = runFile(name, runs);
  const named = 'Name the run.json of a run, its folder, its id or "last"; uccert list runs shows them.';
  const matters = 'A report, plan or difference is a function of the run: there is nothing to make it from.';
  let text: string;
  try {
    text = readFileSync(file, 'utf8');
  } catch (error) {
    throw new UsageError(
      {
        seen: `The run ${name} cannot be read: ${messageOf(error)}`,
        matters,
        todo: named,
      },
      { cause: error },
    );
  }
  const written = jsonIn(text);
  // Written out by a report, or by a version that kept it so.
  const isKept = z.object({ format: z.literal(keptFormat) }).safeParse(written).success;
  const result = (isKept ? KeptRun : Run).safeParse(written);
  if (result.success) return result.data;
  // What uccert wrote says so, in every version.
  const isRun = z.object({ tool: z.object({ name: z.literal('uccert') }) }).safeParse(written).success;
  throw new UsageError(
    isRun
      ? {
          seen: `${file} is no run of this version: ${schemaWords(result.error)}`,
          matters,
          todo: 'Make a new run with uccert scan.',
        }
      : { seen: `${file} is no run.`, matters, todo: named },
    { cause: result.error },
  );
}

function jsonIn(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

/** A kept run; null where it is of another version or cannot be read. */
export function readableRun(id: string, runs: string): Run | null {
  try {
    return loadRun(id, runs);
  } catch (error) {
    if (error instanceof UsageError) return null;
    throw error;
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

/** What a schema or a JSON reader has against a file: the first of it, in a line. */
export function schemaWords(error: unknown): string {
  if (!(error instanceof z.ZodError)) return messageOf(error);
  const [first] = error.issues;
  const more = error.issues.length > 1 ? `, and ${String(error.issues.length - 1)} more` : '';
  return first === undefined
    ? 'it does not fit'
    : `${first.path.map(String).join('.') || 'the document'}: ${first.message}${more}`;
}
