import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Run } from '#model/run.ts';
import { runJson } from '#reports/json.ts';
import { reporters } from '#reports/index.ts';
import { renderTerminal } from '#reports/terminal.ts';
import { ensureWritable, saveRun, writeWhole } from '#workflow/run-store.ts';
import { type ExitCode } from './exit-codes.ts';
import type { RunOptions } from './options.ts';
import { runsFolder } from './places.ts';
import { print, say, showsColour, terminalWidth } from './terminal.ts';
import { ofRun } from './verdict-codes.ts';

/** Where a run made now is kept: among the runs, and in the folder of `--out`. */
export function foldersOf(run: Pick<Run, 'id'>, { out }: Pick<RunOptions, 'out'>): string[] {
  return [join(runsFolder(), run.id), ...(out === undefined ? [] : [out])];
}

/** Makes sure, before anything is looked at, that what will be found can be kept. */
export function readyToKeep({ out }: Pick<RunOptions, 'out'>): void {
  ensureWritable(runsFolder());
  if (out !== undefined) ensureWritable(out);
}

/** Keeps a run, writes the reports where a folder was named, prints it, and says how it went. */
export function finish(run: Run, options: RunOptions, previous: Run | null = null): ExitCode {
  // Kept in both places, so that "last" is the last wherever its reports went.
  for (const folder of foldersOf(run, options)) saveRun(run, folder);
  if (options.out !== undefined) writeReports(run, previous, options.out);
  if (options.json) print(runJson(run));
  else if (!options.quiet) {
    const look = { colour: showsColour(options.color), width: terminalWidth(), isVerbose: options.verbose };
    print(renderTerminal(run, previous, look));
  }
  if (!options.quiet)
    say(
      options.out === undefined
        ? `Run ${run.id} is kept; uccert report last --format html --out DIR writes a page.`
        : `Reports are in ${options.out}`,
    );
  return ofRun(run, options['fail-on']);
}

/** What to write beside the usual: which reports, and where the run's pictures lie when not in the folder written to. */
export interface Wanted {
  readonly only?: readonly string[];
  readonly pictures?: string;
}

/** Writes every report of a run, or those named, into a folder. Gives back the files written. */
export function writeReports(
  run: Run,
  previous: Run | null,
  folder: string,
  { only, pictures }: Wanted = {},
): string[] {
  const assets = new Map<string, string>();
  for (const observation of run.observations) {
    if (
      observation.kind !== 'browser-page' ||
      observation.outcome === 'failed' ||
      observation.value.screenshot === null
    )
      continue;
    const places = [folder, ...(pictures === undefined ? [] : [pictures])];
    const base64 = screenshot(observation.value.screenshot, places);
    if (base64 !== null) assets.set(observation.value.screenshot, base64);
  }
  return reporters
    .filter(({ id }) => only === undefined || only.includes(id))
    .flatMap((reporter) => reporter.render(run, previous, assets))
    .map(({ path, contents }) => {
      const file = join(folder, path);
      writeWhole(file, contents);
      return file;
    });
}

/** A screenshot that was moved away is left out of the page: the run says everything without it. */
function screenshot(path: string, folders: readonly string[]): string | null {
  for (const folder of folders) {
    try {
      return readFileSync(join(folder, path)).toString('base64');
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code !== 'ENOENT') throw error;
    }
  }
  return null;
}
