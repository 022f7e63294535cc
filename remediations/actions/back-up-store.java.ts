import { z } from 'zod';
import { ProbeError } from '#model/errors.ts';
import type { StepOf } from '#model/plan.ts';
import type { Fetched } from '#transports/windows.ts';
import type { Action } from './action.ts';
import type { WindowsHost } from './windows-host.ts';

type BackUp = StepOf<'java', 'back-up-store'>;
/** Whether the copy is there and is the store as it is now. */
const before = z.strictObject({ isCopied: z.boolean() });

interface Paths {
  readonly own: string;
  readonly copy: string;
}

function pathsOf(step: BackUp, host: WindowsHost, planId: string): Paths {
  const own = host.path(step.keyStore.path);
  return { own, copy: `${own}.${planId}` };
}

async function areEqual({ shell }: WindowsHost, { own, copy }: Paths): Promise<boolean> {
  const [left, right]: [Fetched, Fetched] = [await shell.fetch(own), await shell.fetch(copy)];
  return left.is === 'file' && right.is === 'file' && left.bytes.equals(right.bytes);
}

/** Copied by the machine itself: who may read the file stays as it was. */
async function copy(host: WindowsHost, from: string, to: string, paths: Paths): Promise<void> {
  const { errors } = await host.shell.powershell(
    `Copy-Item -Path '${quoted(from)}' -Destination '${quoted(to)}' -Force`,
  );
  if (await areEqual(host, paths)) return;
  const said = errors.trim().split('\n')[0];
  throw new ProbeError({
    reason: 'unexpected-answer',
    to: `Copy-Item of ${from}`,
    answer: said ?? `${to} is not the same afterwards`,
  });
}

function quoted(path: string): string {
  return path.replaceAll("'", "''");
}

export const backUpStore: Action<BackUp, z.infer<typeof before>> = {
  before,
  read: (step, reach) =>
    reach.onWindows(step.on, async (host) => ({
      isCopied: await areEqual(host, pathsOf(step, host, reach.planId)),
    })),
  isDone: (_step, { isCopied }) => isCopied,
  apply: (step, _before, reach) =>
    reach.onWindows(step.on, async (host) => {
      // A file that is not there, or that its password does not open, is none to go on with.
      await host.open(step.keyStore);
      const paths = pathsOf(step, host, reach.planId);
      await copy(host, paths.own, paths.copy, paths);
    }),
  /** The copy stays: it hurts nobody, and a roll-back that is killed finds it again. */
  undo: (step, _before, reach) =>
    reach.onWindows(step.on, async (host) => {
      const paths = pathsOf(step, host, reach.planId);
      if (!(await areEqual(host, paths))) await copy(host, paths.copy, paths.own, paths);
    }),
};
