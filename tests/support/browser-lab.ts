import { existsSync } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { findLab } from '#lab/control.ts';
import { Lab } from '#lab/lab.ts';
import { stateFolder } from '#lab/state.ts';

/** Gives the suites a lab of their own where nothing else is named and none is up. */
export default async function browserLab(): Promise<(() => Promise<void>) | undefined> {
  if (process.env['UCCERT_INVENTORY'] !== undefined || existsSync('uccert.yaml')) return undefined;
  if ((await findLab(stateFolder())) !== null) return undefined;
  const state = await mkdtemp(join(tmpdir(), 'uccert-lab-'));
  // Mapped ports are free on every machine, and need no rights.
  const lab = await Lab.start({ state, portMap: true });
  process.env['UCCERT_INVENTORY'] = lab.inventoryFile;
  return async () => {
    await lab.stop();
    await rm(state, { recursive: true, force: true });
  };
}
