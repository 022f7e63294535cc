import { resolve } from 'node:path';
import type { Run } from '#model/run.ts';
import { loadRun } from '#workflow/run-store.ts';
import { timeOf } from '#reports/words.ts';
import { runsFolder } from './places.ts';
import { say } from './terminal.ts';

/**
 * A kept run by file, folder, id or `last`; standard error says which one the last is. Where not every run will do, `last` is the last that
 * does. Throws `UsageError`.
 */
export function runNamed(
  name: string,
  { quiet, willDo }: { readonly quiet: boolean; readonly willDo?: (run: Run) => boolean },
): Run {
  const run = loadRun(name, runsFolder(), willDo);
  if (name === 'last' && !quiet) {
    const of = run.inventory.file ?? 'targets named one by one';
    say(`The last run: ${run.id}, of ${of}, by ${run.command.slice(0, 2).join(' ')} at ${timeOf(run.finishedAt)}`);
  }
  return run;
}

/** Whether a run is of this inventory file. */
export function isOf(file: string, { inventory }: Run): boolean {
  return inventory.file !== null && resolve(inventory.file) === resolve(file);
}
