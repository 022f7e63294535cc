import { diffRuns } from '#reports/diff.ts';
import { renderDiff } from '#reports/terminal.ts';
import { loadRun } from '#workflow/run-store.ts';
import type { DiffArguments } from './arguments.ts';
import { exitCode, type ExitCode } from './exit-codes.ts';
import { runsFolder } from './places.ts';
import { print, showsColour, terminalWidth } from './terminal.ts';

/** Compares two runs; worse is a new fault, a check that cannot be judged any more, or one no longer made. */
export function runDiff(wanted: DiffArguments): ExitCode {
  const diff = diffRuns(loadRun(wanted.before, runsFolder()), loadRun(wanted.after, runsFolder()));
  const look = { colour: showsColour(wanted.color), width: terminalWidth() };
  print(wanted.json ? JSON.stringify(diff, null, 2) : renderDiff(diff, look));
  const isWorse = diff.new.length + diff.newlyInconclusive.length + diff.noLongerLookedAt.length > 0;
  return isWorse ? exitCode.fault : exitCode.well;
}
