import { dirname } from 'node:path';
import { UsageError } from '#model/errors.ts';
import { runJson } from '#reports/json.ts';
import { renderTerminal } from '#reports/terminal.ts';
import { judgeAgain } from '#workflow/make-run.ts';
import { loadRun, runFile } from '#workflow/run-store.ts';
import type { ReportArguments } from './arguments.ts';
import { type ExitCode } from './exit-codes.ts';
import { runsFolder } from './places.ts';
import { print, showsColour, terminalWidth } from './terminal.ts';
import { ofRun } from './verdict-codes.ts';
import { writeReports } from './write-reports.ts';

/** Shows a run that was made before, judged at its own time or at another. */
export function runReport(wanted: ReportArguments): ExitCode {
  if (wanted.format !== undefined && wanted.out === undefined) {
    throw new UsageError({
      seen: '--format was given without --out.',
      matters: 'Reports are files.',
      todo: 'Name a folder: --out DIR',
    });
  }
  const kept = loadRun(wanted.run, runsFolder());
  const run = wanted.at === null ? kept : judgeAgain(kept, wanted.at);
  const previous = wanted.against === undefined ? null : loadRun(wanted.against, runsFolder());
  if (wanted.out !== undefined) {
    const pictures = dirname(runFile(wanted.run, runsFolder()));
    const only = wanted.format === undefined ? {} : { only: wanted.format };
    for (const file of writeReports(run, previous, wanted.out, { ...only, pictures })) print(file);
  } else if (wanted.json) print(runJson(run));
  else {
    const look = { colour: showsColour(wanted.color), width: terminalWidth(), isVerbose: wanted.verbose };
    print(renderTerminal(run, previous, look));
  }
  return ofRun(run, wanted['fail-on']);
}
