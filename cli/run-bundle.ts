import { join } from 'node:path';
import { loadInventory } from '#inventory/load.ts';
import { bundleFiles } from '#reports/bundle.ts';
import { makeBundle } from '#workflow/bundle.ts';
import { writeWhole } from '#workflow/run-store.ts';
import type { BundleArguments } from './arguments.ts';
import { inventoryFile } from './places.ts';
import { say } from './terminal.ts';

/** Writes the bundle of a client profile. Looks at no machine. */
export function runBundle(wanted: BundleArguments): void {
  const bundle = makeBundle(loadInventory(inventoryFile(wanted.inventory)), wanted.client);
  for (const { path, contents, isScript } of bundleFiles(bundle)) {
    writeWhole(join(wanted.out, path), contents, isScript === true ? 0o755 : 0o644);
    say(join(wanted.out, path));
  }
}
