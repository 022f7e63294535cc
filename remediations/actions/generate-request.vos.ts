import * as z from 'zod';
import { sha256 } from '#model/digest.ts';
import { ProbeError } from '#model/errors.ts';
import { Sha256 } from '#model/names.ts';
import type { StepOf } from '#model/step.ts';
import { makeRequest, pendingRequests } from '#transports/vos-certificates.ts';
import type { VosCli } from '#transports/vos-cli.ts';
import type { Action } from './action.ts';

type Generate = StepOf<'vos', 'generate-request'>;
/** The request that waits. */
const before = z.strictObject({ request: Sha256.nullable() });

async function waiting(cli: VosCli, unit: string): Promise<Sha256 | null> {
  const request = (await pendingRequests(cli)).get(unit);
  return request === undefined ? null : sha256(request);
}

export const generateRequest: Action<Generate, z.infer<typeof before>> = {
  before,
  read: (step, reach) => reach.onVos(step.on, async (cli) => ({ request: await waiting(cli, step.unit) })),
  isDone: (step, { request }) => request !== null && request !== step.replaces,
  async apply(step, { request }, reach) {
    const byPages = step.parentDomain === 'empty';
    if (byPages) await reach.requestWithoutNames(step.on, step.unit);
    await reach.onVos(step.on, async (cli) => {
      if (!byPages) await makeRequest(cli, step.unit);
      const now = await waiting(cli, step.unit);
      if (now !== null && now !== request) return;
      throw new ProbeError({
        reason: 'unexpected-answer',
        to: byPages ? 'the page Generate CSR' : `set csr gen ${step.unit}`,
        answer: 'no error was shown, and no new request waits',
      });
    });
  },
  undo: 'remains',
};
