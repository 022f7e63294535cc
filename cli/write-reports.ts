import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Run } from '#model/run.ts';
import { reporters } from '#reports/index.ts';
import { writeWhole } from '#workflow/whole-file.ts';

/** What to write beside the usual: which reports, and where the run's pictures lie when not in the folder written to. */
export interface Wanted {
  readonly only?: readonly string[];
  readonly pictures?: string;
  /** Runs of the browser before it, the earliest first. */
  readonly earlier?: readonly Run[];
}

/** Writes every report of a run, or those named, into a folder. Gives back the files written. */
export function writeReports(
  run: Run,
  previous: Run | null,
  folder: string,
  { only, pictures, earlier = [] }: Wanted = {},
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
    .flatMap((reporter) => reporter.render(run, previous, assets, earlier))
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
