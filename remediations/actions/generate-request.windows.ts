import * as z from 'zod';
import { ProbeError } from '#model/errors.ts';
import type { StepOf } from '#model/step.ts';
import { requestPolicy } from '#model/request-policy.ts';
import { newRequest } from '#transports/certreq.ts';
import type { Action } from './action.ts';

type Generate = StepOf<'windows', 'generate-request'>;
const before = z.strictObject({ isWaiting: z.boolean() });

export const generateRequest: Action<Generate, z.infer<typeof before>> = {
  before,
  // The file carries the id of the plan, and certreq writes it after the key.
  read: async (step, reach) => ({ isWaiting: (await reach.request(step.on, step.unit)) !== null }),
  isDone: (_step, { isWaiting }) => isWaiting,
  async apply(step, _before, reach) {
    await reach.onWindows(step.on, async (host) => {
      await host.withFile('request.inf', Buffer.from(requestPolicy(step.name)), (policy) =>
        newRequest(host.shell, policy, host.requestFile(step.unit)),
      );
    });
    if ((await reach.request(step.on, step.unit)) !== null) return;
    throw new ProbeError({
      reason: 'unexpected-answer',
      to: 'certreq -new',
      answer: 'success was reported and no request is there',
    });
  },
  undo: 'remains',
};
