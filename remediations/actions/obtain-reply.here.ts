import * as z from 'zod';
import { ProbeError } from '#model/errors.ts';
import type { StepOf } from '#model/step.ts';
import type { Action, Reach } from './action.ts';

type Obtain = StepOf<'here', 'obtain-reply'>;
const before = z.strictObject({ request: z.base64(), isAnswered: z.boolean() });

async function requestOf(step: Obtain, reach: Reach): Promise<Buffer> {
  const request = await reach.request(step.for, step.unit);
  if (request !== null) return request;
  throw new ProbeError({
    reason: 'unexpected-answer',
    to: `a look for the ${step.unit} request of ${step.for}`,
    answer: 'no request waits: somebody has taken it away, or answered it',
  });
}

export const obtainReply: Action<Obtain, z.infer<typeof before>> = {
  before,
  async read(step, reach) {
    // Once the reply is in place no request waits any more.
    const kept = await reach.replies.answered(step.for, step.unit);
    if (kept !== null) return { request: kept.toString('base64'), isAnswered: true };
    return { request: (await requestOf(step, reach)).toString('base64'), isAnswered: false };
  },
  isDone: (_step, { isAnswered }) => isAnswered,
  apply: (step, { request }, reach) => reach.replies.obtain(step, Buffer.from(request, 'base64')),
  undo: 'nothing',
};
