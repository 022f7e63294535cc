import { mkdtempSync, readdirSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

const prefix = 'uccert-browse-';
const dayMs = 24 * 3600 * 1000;

/** Makes the folder that the browser suites of one run work in, and takes away those that runs left which were killed: a day later nobody works in them. */
export function makeWorkFolder(): string {
  for (const name of readdirSync(tmpdir())) if (name.startsWith(prefix)) removeOld(join(tmpdir(), name));
  return mkdtempSync(join(tmpdir(), prefix));
}

function removeOld(folder: string): void {
  const changed = statSync(folder, { throwIfNoEntry: false })?.mtimeMs;
  if (changed === undefined || changed > Date.now() - dayMs) return;
  try {
    rmSync(folder, { recursive: true, force: true });
  } catch {
    // It is somebody else's, or goes at this moment.
  }
}
