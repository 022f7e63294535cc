import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { hostname } from 'node:os';
import { join } from 'node:path';
import * as z from 'zod';
import { messageOf, Refusal } from '#model/errors.ts';
import { Instant, type MachineId } from '#model/names.ts';
import { isRunning } from './process.ts';

const Held = z.strictObject({ owner: z.string(), pid: z.int(), plan: z.string(), since: Instant });
type Held = z.infer<typeof Held>;

/**
 * Takes a lock on every machine named, all or none, and gives back the release. A lock whose process has ended on this host is stale and is taken over.
 * Locks hold between processes that share the state folder.
 */
export function lockMachines(machines: readonly MachineId[], plan: string, folder: string): () => void {
  mkdirSync(folder, { recursive: true, mode: 0o700 });
  const taken: string[] = [];
  const release = (): void => {
    for (const file of taken) rmSync(file, { force: true });
  };
  for (const machine of [...machines].sort()) {
    const file = join(folder, `${machine}.json`);
    const mine: Held = { owner: hostname(), pid: process.pid, plan, since: new Date().toISOString() };
    const holder = orRelease(() => take(file, mine), release);
    if (holder === null) {
      taken.push(file);
      continue;
    }
    release();
    throw new Refusal({
      seen: `${machine} is locked by process ${String(holder.pid)} on ${holder.owner}, plan ${holder.plan}, since ${holder.since}.`,
      matters: 'Two changes at once on one machine could each undo the other.',
      todo: `Wait until it ends. If that process is gone for good, remove its locks: ${locksOf(holder.plan, folder).join(' ')}`,
    });
  }
  return release;
}

/** Who carries out a plan now; null where nobody does. Of another host nobody knows whether the process still runs. */
export function carrierOf(plan: string, folder: string): { readonly pid: number; readonly host: string | null } | null {
  if (!existsSync(folder)) return null;
  for (const name of readdirSync(folder)) {
    const held = read(join(folder, name));
    if (held?.plan !== plan || isStale(held)) continue;
    return { pid: held.pid, host: held.owner === hostname() ? null : held.owner };
  }
  return null;
}

function locksOf(plan: string, folder: string): string[] {
  return readdirSync(folder)
    .map((name) => join(folder, name))
    .filter((file) => read(file)?.plan === plan)
    .sort();
}

function isStale({ owner, pid }: Held): boolean {
  return owner === hostname() && !isRunning(pid);
}

function orRelease<Result>(work: () => Result, release: () => void): Result {
  try {
    return work();
  } catch (error) {
    release();
    throw error;
  }
}

function take(file: string, mine: Held): Held | null {
  for (;;) {
    try {
      writeFileSync(file, JSON.stringify(mine), { flag: 'wx', mode: 0o600 });
      return null;
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw unwritten(file, error);
    }
    const holder = read(file);
    if (holder !== null && !isStale(holder)) return holder;
    rmSync(file, { force: true });
  }
}

/** On a full disk the file is made and stays empty. */
function unwritten(file: string, error: unknown): Refusal {
  rmSync(file, { force: true });
  return new Refusal(
    {
      seen: `The lock ${file} cannot be written: ${messageOf(error)}.`,
      matters: 'Another change could begin on the same machine meanwhile, so this one is not begun.',
      todo: 'Make room, or see that you may write there, and run it again.',
    },
    { cause: error },
  );
}

function read(file: string): Held | null {
  try {
    return Held.parse(JSON.parse(readFileSync(file, 'utf8')));
  } catch {
    // Cut short by a kill, or gone meanwhile: nobody holds it.
    return null;
  }
}
