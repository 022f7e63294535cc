import * as z from 'zod';
import { ProbeError } from '#model/errors.ts';
import { toPem } from '#model/pem.ts';
import type { StepOf } from '#model/step.ts';
import { acceptReply } from '#transports/certreq.ts';
import { deleteFromStore, personalCertificates, thumbprintOf } from '#transports/windows-store.ts';
import type { Action } from './action.ts';
import type { WindowsHost } from './windows-host.ts';

type ImportReply = StepOf<'windows', 'import-reply'>;
const before = z.strictObject({ thumbprint: z.string(), isInPlace: z.boolean() });

/** Without its private key IIS does not offer it, and no binding takes it. */
async function hasKey({ shell }: WindowsHost, reply: Buffer): Promise<boolean> {
  return (await personalCertificates(shell)).some(({ der, hasKey: key }) => key && der.equals(reply));
}

export const importReply: Action<ImportReply, z.infer<typeof before>> = {
  before,
  async read(step, reach) {
    const reply = await reach.certificate({ from: 'reply', machine: step.on, unit: step.unit });
    const isInPlace = await reach.onWindows(step.on, (host) => hasKey(host, reply));
    return { thumbprint: thumbprintOf(reply), isInPlace };
  },
  isDone: (_step, { isInPlace }) => isInPlace,
  async apply(step, _before, reach) {
    const reply = await reach.certificate({ from: 'reply', machine: step.on, unit: step.unit });
    await reach.onWindows(step.on, async (host) => {
      await host.withFile('reply.cer', Buffer.from(toPem(reply)), (file) => acceptReply(host.shell, file));
      if (await hasKey(host, reply)) return;
      throw new ProbeError({
        reason: 'unexpected-answer',
        to: 'certreq -accept',
        answer: 'success was reported and Personal does not hold the certificate with its key',
      });
    });
  },
  undo: {
    words: ({ unit }, { thumbprint }) => `delete the answer for ${unit} from Personal, SHA-1 ${thumbprint}`,
    async carryOut(step, { thumbprint, isInPlace }, reach) {
      if (isInPlace) return;
      await reach.onWindows(step.on, async ({ shell }) => {
        const isHeld = (await personalCertificates(shell)).some((each) => each.thumbprint === thumbprint);
        if (isHeld) await deleteFromStore(shell, 'My', thumbprint);
      });
    },
  },
};
