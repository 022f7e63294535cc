import { mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { isRunning } from './process.ts';

/** `work`: what the browser suites write, passwords in it until they are masked. `seen`: what they bring home. `home`: of a browser for administration pages. */
type Kind = 'work' | 'seen' | 'home';

const name = /^uccert-(?:work|seen|home)-(\d+)-/;

/** Makes a folder for this process alone, and takes away those of processes that were killed. */
export function makeWorkFolder(kind: Kind): string {
  for (const each of readdirSync(tmpdir())) {
    const owner = name.exec(each)?.[1];
    if (owner !== undefined && !isRunning(Number(owner))) remove(join(tmpdir(), each));
  }
  return mkdtempSync(join(tmpdir(), `uccert-${kind}-${String(process.pid)}-`));
}

function remove(folder: string): void {
  try {
    rmSync(folder, { recursive: true, force: true });
  } catch {
    // It is somebody else's, or goes at this moment.
  }
}
