import { join } from 'node:path';
import { isFileError, messageOf, UsageError } from '#model/errors.ts';
import type { Run } from '#model/run.ts';
import { renderTerminal } from '#reports/terminal.ts';
import { saveRun } from '#workflow/save-run.ts';
import { ensureWritable } from '#workflow/whole-file.ts';
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
export async function finish(
  run: Run,
  options: RunOptions,
  previous: Run | null = null,
  isForAgents = false,
): Promise<ExitCode> {
  const earlier = await earlierRuns(run);
  const unkept = await keep(run, options, previous, earlier);
  if (options.json) {
    const { runJson } = await import('#reports/json.ts');
    print(runJson(run));
  } else if (!options.quiet) {
    const look = {
      colour: showsColour(options.color),
      width: terminalWidth(),
      isVerbose: options.verbose,
      isForAgents,
    };
    print(renderTerminal(run, previous, look, earlier));
  }
  if (unkept !== null) throw unkept;
  if (!options.quiet)
    say(
      options.out === undefined
        ? `Run ${run.id} is kept${withPictures(run)}; uccert report last --format html --out DIR writes a page.`
        : `Reports are in ${options.out}`,
    );
  return ofRun(run, options['fail-on']);
}

/** What the pages were in the runs before, where there are pages. Runs are read by their schema, which takes its time to load. */
async function earlierRuns(run: Run): Promise<Run[]> {
  if (!run.asked.kinds.includes('browser-page')) return [];
  const { earlierBrowseRuns } = await import('#workflow/earlier-runs.ts');
  return earlierBrowseRuns(run, runsFolder());
}

/** Where the files lie that a report of pages names. */
function withPictures({ id, observations }: Run): string {
  const hasPages = observations.some(({ kind }) => kind === 'browser-page');
  return hasPages ? `, its screenshots and traces in ${join(runsFolder(), id)}` : '';
}

/** Writes what is to be kept; gives back why it could not be, so that what was found is shown all the same. */
async function keep(
  run: Run,
  { out }: Pick<RunOptions, 'out'>,
  previous: Run | null,
  earlier: readonly Run[],
): Promise<UsageError | null> {
  try {
    // Kept in both places, so that "last" is the last wherever its reports went.
    for (const folder of foldersOf(run, { out })) saveRun(run, folder);
    if (out === undefined) return null;
    const { writeReports } = await import('./write-reports.ts');
    writeReports(run, previous, out, { earlier });
    return null;
  } catch (error) {
    if (!isFileError(error)) throw error;
    return new UsageError(
      {
        seen: `The run ${run.id} could not be kept: ${messageOf(error)}.`,
        matters: 'No report and no plan can be made from it later.',
        todo: 'Make room, then look again: uccert trust.',
      },
      { cause: error },
    );
  }
}
