import { dirname, join } from 'node:path';
import { messageOf, UsageError } from '#model/errors.ts';
import { runJson } from '#reports/json.ts';
import { renderTerminal } from '#reports/terminal.ts';
import { judgeAgain } from '#workflow/make-run.ts';
import { earlierBrowseRuns } from '#workflow/earlier-runs.ts';
import { loadRun, runFile } from '#workflow/run-store.ts';
import { ensureWritable } from '#workflow/whole-file.ts';
import { putSeenFiles } from '#workflow/seen-files.ts';
import type { ReportArguments } from './arguments.ts';
import { type ExitCode } from './exit-codes.ts';
import { runsFolder, stateFolder } from './places.ts';
import { runNamed } from './run-named.ts';
import { print, showsColour, terminalWidth } from './terminal.ts';
import { ofRun } from './verdict-codes.ts';
import { writeReports } from './write-reports.ts';

/** Shows a run that was made before, judged at its own time or at another. */
export async function runReport(wanted: ReportArguments): Promise<ExitCode> {
  if (wanted.format !== undefined && wanted.out === undefined) {
    throw new UsageError({
      seen: '--format was given without --out.',
      matters: 'Reports are files.',
      todo: 'Name a folder: --out DIR',
    });
  }
  if (wanted.out !== undefined) ensureWritable(wanted.out, 'The reports would be written nowhere.');
  const kept = runNamed(wanted.run, wanted);
  const run = wanted.at === null ? kept : judgeAgain(kept, wanted.at);
  const previous = wanted.against === undefined ? null : loadRun(wanted.against, runsFolder());
  if (wanted.out !== undefined) {
    const pictures = dirname(runFile(wanted.run, runsFolder()));
    const earlier = earlierBrowseRuns(run, runsFolder());
    const only = wanted.format === undefined ? {} : { only: wanted.format };
    const isPage = wanted.format === undefined || wanted.format.includes('html');
    if (isPage && run.observations.some(({ kind }) => kind === 'browser-page')) putSeenFiles(pictures, wanted.out);
    for (const file of writeReports(run, previous, wanted.out, { ...only, pictures, earlier })) print(file);
    if (wanted.format?.includes('allure') === true)
      for (const file of await allure(run.id, pictures, wanted.out)) print(file);
  } else if (wanted.json) print(runJson(run));
  else if (!wanted.quiet) {
    const look = { colour: showsColour(wanted.color), width: terminalWidth(), isVerbose: wanted.verbose };
    print(renderTerminal(run, previous, look, earlierBrowseRuns(run, runsFolder())));
  }
  return ofRun(run, wanted['fail-on']);
}

async function allure(run: string, kept: string, out: string): Promise<string[]> {
  const { writeAllure } = await import('#workflow/allure.ts').catch((error: unknown) => {
    throw new UsageError(
      {
        seen: `This uccert was built without Allure: ${messageOf(error)}`,
        matters: 'Its report cannot be made.',
        todo: 'Run uccert report from the repository.',
      },
      { cause: error },
    );
  });
  return writeAllure({ run, kept, out, history: join(stateFolder(), 'allure-history.jsonl') });
}
