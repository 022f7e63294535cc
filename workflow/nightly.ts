import { existsSync } from 'node:fs';
import { join } from 'node:path';
import type { Run } from '#model/run.ts';
import { openInventory } from './open-inventory.ts';
import { listRuns, loadRun } from './run-store.ts';
import { saveRun } from './save-run.ts';
import { scan } from './scan.ts';

/** One night: the run made, and the night before, where there was one. */
export interface Night {
  readonly run: Run;
  readonly previous: Run | null;
  /** Folder of this night. */
  readonly folder: string;
}

/** Scans, keeps the run in a folder of its own below `runs`, and finds the night before. */
export async function nightly(inventoryFile: string, runs: string, command: readonly string[]): Promise<Night> {
  const { snapshot, certificates, limits } = openInventory(inventoryFile);
  const before = existsSync(runs) ? listRuns(runs).at(-1) : undefined;
  const previous = before === undefined ? null : loadRun(before, runs);
  const run = await scan({ command, inventory: snapshot, certificates, limits, deep: false, judgeAt: null });
  const folder = join(runs, run.id);
  saveRun(run, folder);
  return { run, previous, folder };
}
