import * as z from 'zod';
import { ProbeError } from '#model/errors.ts';
import type { StepOf } from '#model/step.ts';
import { isReadable, readCertificate } from '#x509/certificate.ts';
import { readCertificationRequest } from '#x509/certification-request.ts';
import { requestFor } from '#transports/keytool.ts';
import type { Action, Reach } from './action.ts';
import { identityEntry } from './identity-entry.ts';

type Generate = StepOf<'java', 'generate-request'>;
/** Whether a request for the key that is under the alias now waits. */
const before = z.strictObject({ isWaiting: z.boolean() });

async function isWaiting(step: Generate, reach: Reach): Promise<boolean> {
  const request = await reach.request(step.on, step.alias);
  if (request === null) return false;
  const entry = await reach.onWindows(step.on, async (host) =>
    identityEntry(await host.open(step.keyStore), step.alias),
  );
  const own = entry === null ? null : readCertificate(entry.own);
  if (own === null || !isReadable(own)) return false;
  return readCertificationRequest(request).subjectPublicKeyInfo === own.subjectPublicKeyInfo;
}

export const generateRequest: Action<Generate, z.infer<typeof before>> = {
  before,
  read: async (step, reach) => ({ isWaiting: await isWaiting(step, reach) }),
  isDone: (_step, before) => before.isWaiting,
  async apply(step, _before, reach) {
    await reach.onWindows(step.on, async (host) => {
      const store = await host.open(step.keyStore);
      await requestFor(store, step.alias, step.name, host.requestFile(step.alias));
    });
    if (await isWaiting(step, reach)) return;
    throw new ProbeError({
      reason: 'unexpected-answer',
      to: 'keytool -certreq',
      answer: `success was reported and no request for the key of ${step.alias} is there`,
    });
  },
  undo: 'remains',
};
