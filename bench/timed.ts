import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { openSync, closeSync, readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';

/** What a command took with everything it started: seconds of the clock and of the processor, and the largest process in MB. */
export interface Taken {
  readonly wall: number;
  readonly cpu: number;
  readonly megabytes: number;
  readonly exitCode: number;
}

export interface Timed {
  readonly folder: string;
  /** File for standard output; nowhere unless said. */
  readonly output?: string;
  readonly env?: NodeJS.ProcessEnv;
}

/** Runs a command to its end under GNU time, which counts what it waited for, too. */
export async function timed(command: readonly string[], { folder, output, env }: Timed): Promise<Taken> {
  const figures = join(folder, 'time.txt');
  rmSync(figures, { force: true });
  const out = output === undefined ? 'ignore' : openSync(output, 'w');
  const child = spawn('/usr/bin/time', ['-f', '%e %U %S %M', '-o', figures, ...command], {
    stdio: ['ignore', out, 'ignore'],
    env: { ...process.env, ...env },
    cwd: import.meta.dirname,
  });
  const startedAt = performance.now();
  const [exitCode] = (await once(child, 'exit')) as [number | null];
  const wall = (performance.now() - startedAt) / 1000;
  if (typeof out === 'number') closeSync(out);
  const [, user = 0, system = 0, kilobytes = 0] = (readFileSync(figures, 'utf8').trim().split('\n').at(-1) ?? '')
    .split(' ')
    .map(Number);
  return { wall, cpu: user + system, megabytes: kilobytes / 1000, exitCode: exitCode ?? -1 };
}

/** The run in the middle by what it took of the processor; of the clock and of memory the middle, too. */
export function median(all: readonly Taken[]): Taken {
  const middle = (figure: (taken: Taken) => number): number =>
    all.map(figure).sort((one, other) => one - other)[Math.floor((all.length - 1) / 2)] ?? Number.NaN;
  return {
    wall: middle(({ wall }) => wall),
    cpu: middle(({ cpu }) => cpu),
    megabytes: middle(({ megabytes }) => megabytes),
    exitCode: all[0]?.exitCode ?? -1,
  };
}
