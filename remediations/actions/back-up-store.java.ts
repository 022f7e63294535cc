import * as z from 'zod';
import { sha256 } from '#model/digest.ts';
import { ProbeError } from '#model/errors.ts';
import { Sha256 } from '#model/names.ts';
import type { StepOf } from '#model/step.ts';
import type { Action } from './action.ts';
import { apartFrom, type WindowsHost } from './windows-host.ts';

type BackUp = StepOf<'java', 'back-up-store'>;
/** The store as it is, and whether its copy is there already. */
const before = z.strictObject({ store: Sha256, isCopied: z.boolean() });

interface Paths {
  readonly own: string;
  readonly copy: string;
  readonly apart: string;
}

function pathsOf(step: BackUp, host: WindowsHost, planId: string): Paths {
  const own = host.path(step.keyStore.path);
  return { own, copy: `${own}.${planId}`, apart: apartFrom(own, planId) };
}

async function digestOf({ shell }: WindowsHost, path: string): Promise<Sha256 | null> {
  const fetched = await shell.fetch(path);
  return fetched.is === 'file' ? sha256(fetched.bytes) : null;
}

/** Copied by the machine itself: who may read the file stays as it was. */
async function copy(host: WindowsHost, from: string, to: string, expected: Sha256): Promise<void> {
  const { errors } = await host.shell.powershell(
    `Copy-Item -Path '${quoted(from)}' -Destination '${quoted(to)}' -Force`,
  );
  if ((await digestOf(host, to)) === expected) return;
  const said = errors.trim().split('\n')[0] ?? '';
  throw unexpected(`Copy-Item of ${from}`, said === '' ? `${to} is not the same afterwards` : said);
}

function quoted(path: string): string {
  return path.replaceAll("'", "''");
}

function unexpected(to: string, answer: string): ProbeError {
  return new ProbeError({ reason: 'unexpected-answer', to, answer });
}

export const backUpStore: Action<BackUp, z.infer<typeof before>> = {
  before,
  read: (step, reach) =>
    reach.onWindows(step.on, async (host) => {
      const paths = pathsOf(step, host, reach.planId);
      const store = await digestOf(host, paths.own);
      if (store === null) throw unexpected(`SFTP of ${paths.own}`, 'no such file, or it is not given out');
      return { store, isCopied: (await digestOf(host, paths.copy)) === store };
    }),
  isDone: (_step, { isCopied }) => isCopied,
  apply: (step, { store }, reach) =>
    reach.onWindows(step.on, async (host) => {
      // A file that its password does not open is none to go on with.
      await host.open(step.keyStore);
      const { own, copy: to } = pathsOf(step, host, reach.planId);
      await copy(host, own, to, store);
    }),
  /** Only a copy that is whole is put back. It stays: it hurts nobody, and a roll-back that is killed finds it again. */
  undo: {
    words: ({ keyStore }) =>
      `put the copy of ${keyStore.path} back, byte for byte: all that was done to it is undone; the copy stays`,
    carryOut: (step, { store }, reach) =>
      reach.onWindows(step.on, async (host) => {
        const { own, copy: from, apart } = pathsOf(step, host, reach.planId);
        // A key that was made for it and is not taken over any more.
        if ((await digestOf(host, apart)) !== null) await host.shell.remove(apart);
        if ((await digestOf(host, own)) === store) return;
        if ((await digestOf(host, from)) !== store) throw unexpected(from, 'it is not the copy that was made');
        await copy(host, from, own, store);
      }),
  },
};
