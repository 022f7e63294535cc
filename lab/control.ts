import { once } from 'node:events';
import { rm } from 'node:fs/promises';
import type { IncomingMessage } from 'node:http';
import { text } from 'node:stream/consumers';
import { UsageError } from '#model/errors.ts';
import type { Breakage } from './breakage.ts';
import type { LabDigest } from './digest.ts';
import type { LabStatus } from './status.ts';
import { codeOf } from './network.ts';
import { controlSocket } from './state.ts';

/** What the lab's process tells of itself. */
export type RunningLab = LabStatus & { readonly pid: number };

/** What can be asked of a running lab. */
export interface Verbs {
  status: { asks: undefined; gives: RunningLab };
  state: { asks: undefined; gives: LabDigest };
  break: {
    asks: { readonly ids: readonly string[] };
    gives: RunningLab & Breakage;
  };
  /** The reply of the lab's CA to a certification request, with its intermediate and root. */
  sign: { asks: { readonly request: string }; gives: { readonly certificates: readonly string[] } };
  heal: { asks: undefined; gives: RunningLab };
  reset: { asks: undefined; gives: RunningLab };
  down: { asks: undefined; gives: Record<string, never> };
}

/** Thrown where nobody answers at the control socket. */
export class LabNotUp extends UsageError {
  constructor(options?: ErrorOptions) {
    super(
      {
        seen: 'No lab is up.',
        matters: 'The command speaks to a running lab.',
        todo: 'Start one: uccert lab up. A lab with its own $UCCERT_STATE needs the same value here.',
      },
      options,
    );
  }
}

function notAllowed(path: string, cause: unknown): UsageError {
  return new UsageError(
    {
      seen: `This user may not use the control socket ${path}.`,
      matters: 'Whether a lab is up there is not known, and only the user who started it may speak to it.',
      todo: 'Be that user, or give a folder of your own: set $UCCERT_STATE.',
    },
    { cause },
  );
}

/** Asks the lab's process for one thing. */
export async function askLab<V extends keyof Verbs>(
  state: string,
  verb: V,
  ...body: Verbs[V]['asks'] extends undefined ? [] : [Verbs[V]['asks']]
): Promise<Verbs[V]['gives']> {
  const socketPath = controlSocket(state);
  // Every command is told of the lab's, and few ask it: what HTTP brings with it is loaded by those.
  const { request } = await import('node:http');
  const asked = request({ socketPath, path: `/${verb}`, method: 'POST', agent: false });
  asked.end(JSON.stringify(body[0] ?? {}));
  let response: IncomingMessage;
  try {
    [response] = (await once(asked, 'response')) as [IncomingMessage];
  } catch (error) {
    if (codeOf(error) === 'EACCES') throw notAllowed(socketPath, error);
    if (!['ENOENT', 'ENOTDIR', 'ECONNREFUSED', 'ECONNRESET'].includes(codeOf(error))) throw error;
    // A killed process leaves its socket behind.
    if (codeOf(error) === 'ECONNREFUSED') await rm(socketPath, { force: true });
    throw new LabNotUp({ cause: error });
  }
  const answer: unknown = JSON.parse(await text(response));
  if (response.statusCode === 200) return answer as Verbs[V]['gives'];
  const { message, isUsage } = answer as { message: string; isUsage: boolean };
  const [seen = '', matters = '', todo = ''] = message.split('\n');
  throw isUsage ? new UsageError({ seen, matters, todo }) : new Error(`the lab failed: ${message}`);
}

/** The running lab, or null. */
export async function findLab(state: string): Promise<RunningLab | null> {
  try {
    return await askLab(state, 'status');
  } catch (error) {
    if (error instanceof LabNotUp) return null;
    throw error;
  }
}

/** Throws `UsageError` where a lab answers for this state folder. Clears away the socket of a process that was killed. */
export async function mustBeDown(state: string): Promise<void> {
  if ((await findLab(state)) === null) return;
  throw new UsageError({
    seen: 'A lab is up already.',
    matters: 'One state folder holds one lab.',
    todo: 'Use it, or end it: uccert lab down. A second lab needs its own $UCCERT_STATE and --network.',
  });
}
