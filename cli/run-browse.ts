import { rmSync } from 'node:fs';
import type { BrowserName } from '#model/inventory.ts';
import type { Run } from '#model/run.ts';
import { openInventory } from '#workflow/open-inventory.ts';
import { browse } from '#workflow/browse.ts';
import { putSeenFiles } from '#workflow/seen-files.ts';
import { makeWorkFolder } from '#workflow/work-folder.ts';
import { foldersOf, readyToKeep } from './finish.ts';
import type { RunOptions } from './options.ts';
import { inventoryFile } from './places.ts';
import { progressLine, say } from './terminal.ts';

export interface BrowseArguments extends RunOptions {
  readonly inventory: string | undefined;
  readonly client: string[] | undefined;
  readonly page: string[] | undefined;
  readonly browser: BrowserName | undefined;
  readonly at: Date | null;
}

/** Opens the pages, and puts their screenshots where the run will be kept. */
export async function runBrowse(wanted: BrowseArguments): Promise<Run> {
  const inventory = openInventory(inventoryFile(wanted.inventory));
  readyToKeep(wanted);
  const line = progressLine(wanted.quiet);
  // The folder of a run is named after the run, which is only there when all was looked at.
  const outFolder = makeWorkFolder('seen');
  const leave = (): void => rmSync(outFolder, { recursive: true, force: true });
  // Whoever interrupts twice ends the process where it stands.
  process.once('exit', leave);
  try {
    const run = await browse(
      inventory,
      {
        command: ['uccert', ...process.argv.slice(2)],
        judgeAt: wanted.at,
        outFolder,
        verbose: wanted.verbose,
        tell: (words) => {
          line.end();
          say(words);
        },
        pageEnded: (words) => {
          line.show(words);
        },
        ...(wanted.client === undefined ? {} : { clients: wanted.client }),
        ...(wanted.browser === undefined ? {} : { browser: wanted.browser }),
        ...(wanted.page === undefined ? {} : { pages: wanted.page }),
      },
      (done, total) => line.show(`${String(done)} of ${String(total)} ports, and the browser`),
    );
    line.end();
    for (const folder of foldersOf(run, wanted)) putSeenFiles(outFolder, folder);
    return run;
  } finally {
    process.off('exit', leave);
    leave();
  }
}
