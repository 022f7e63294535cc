import { existsSync, readdirSync, readFileSync, statSync } from 'node:fs';
import { join, resolve } from 'node:path';
import * as z from 'zod';
import { messageOf, UsageError } from '#model/errors.ts';
import { KeptRun } from '#model/kept-run.ts';
import { Run } from '#model/run.ts';
import { keptFormat } from '#model/vocabulary.ts';
import { runFileName } from './save-run.ts';

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
    .filter((name) => existsSync(join(runs, name, runFileName)))
    .sort();
}

/** The file of a run named by file, folder, id or `last`. */
export function runFile(name: string, runs: string): string {
  if (name === 'last') {
    const last = listRuns(runs).at(-1);
    if (last !== undefined) return join(runs, last, runFileName);
    throw new UsageError({
      seen: `No run is kept in ${runs}.`,
      matters: 'There is no last run to read.',
      todo: 'Make one with uccert scan.',
    });
  }
  const kept = join(runs, name, runFileName);
  if (existsSync(kept)) return kept;
  const path = resolve(name);
  return existsSync(path) && statSync(path).isDirectory() ? join(path, runFileName) : path;
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
