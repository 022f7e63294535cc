import { existsSync } from 'node:fs';
import { join } from 'node:path';
import type { Run } from '#model/run.ts';
import { listRuns, readableRun } from './run-store.ts';

/** As many runs of the browser are looked back at. */
const most = 5;

/** The kept runs of the browser before this one, of the same inventory, the earliest first. */
export function earlierBrowseRuns({ id, inventory, asked }: Run, runs: string): Run[] {
  if (!asked.kinds.includes('browser-page')) return [];
  // Only a run of the browser keeps results of the suites: the others need not be read.
  const candidates = listRuns(runs).filter((name) => name < id && existsSync(join(runs, name, 'allure-results')));
  const earlier: Run[] = [];
  for (const name of candidates.reverse()) {
    if (earlier.length === most) break;
    const run = readableRun(name, runs);
    if (run?.inventory.file === inventory.file) earlier.unshift(run);
  }
  return earlier;
}
