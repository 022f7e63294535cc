import { existsSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { UsageError } from '#model/errors.ts';
import { loadInventory } from '#inventory/load.ts';
import { bundleFiles, bundleList, bundleWarnings, filesOfBundle } from '#reports/bundle.ts';
import { makeBundle } from '#workflow/bundle.ts';
import { writeWhole } from '#workflow/whole-file.ts';
import type { BundleArguments } from './arguments.ts';
import { inventoryFile } from './places.ts';
import { say } from './terminal.ts';

/** Writes the bundle of a client profile. Looks at no machine. */
export function runBundle(wanted: BundleArguments): void {
  const bundle = makeBundle(loadInventory(inventoryFile(wanted.inventory)), wanted.client);
  clearEarlier(wanted.out);
  for (const { path, contents, isScript } of bundleFiles(bundle)) {
    writeWhole(join(wanted.out, path), contents, isScript === true ? 0o755 : 0o644);
    say(join(wanted.out, path));
  }
  for (const warning of bundleWarnings(bundle)) say(`Before you hand it out: ${warning}`);
}

/** What an earlier bundle wrote goes: its certificates may be of another profile. Throws `UsageError` where the folder holds anything else. */
function clearEarlier(folder: string): void {
  if (!existsSync(folder) || readdirSync(folder).length === 0) return;
  const list = join(folder, bundleList);
  const earlier = existsSync(list) ? filesOfBundle(readFileSync(list, 'utf8')) : null;
  if (earlier === null)
    throw new UsageError({
      seen: `${folder} is not empty, and no earlier bundle.`,
      matters: 'What lies in it would be handed out together with the bundle.',
      todo: 'Name a folder that is empty, or not there yet, with --out.',
    });
  for (const path of earlier) rmSync(join(folder, path), { force: true });
}
