import { loadInventory } from '#inventory/load.ts';
import { trust } from '#workflow/trust.ts';
import type { TrustArguments } from './arguments.ts';
import type { ExitCode } from './exit-codes.ts';
import { finish, readyToKeep } from './finish.ts';
import { inventoryFile } from './places.ts';
import { progressLine } from './terminal.ts';

/** Judges the wire and the stores, keeps the run and prints it. */
export async function runTrust(wanted: TrustArguments): Promise<ExitCode> {
  readyToKeep(wanted);
  const line = progressLine(wanted.quiet);
  const request = { command: ['uccert', ...process.argv.slice(2)], judgeAt: wanted.at, deep: wanted.deep };
  const run = await trust(loadInventory(inventoryFile(wanted.inventory)), request, (done, total, { place }) => {
    line.show(`${String(done)} of ${String(total)}  ${place.machine}:${String(place.port)}`);
  });
  line.end();
  return finish(run, wanted);
}
