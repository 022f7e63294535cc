import * as z from 'zod';
import { ProbeError } from '#model/errors.ts';
import type { StepOf } from '#model/step.ts';
import { addToStore, deleteFromStore, holds, thumbprintOf } from '#transports/windows-store.ts';
import type { Action } from './action.ts';

type Import = StepOf<'windows', 'import-certificate'>;
const before = z.strictObject({ thumbprint: z.string(), isHeld: z.boolean() });

export const importCertificate: Action<Import, z.infer<typeof before>> = {
  before,
  async read(step, reach) {
    const der = await reach.certificate(step.certificate);
    const isHeld = await reach.onWindows(step.on, ({ shell }) => holds(shell, step.store, der));
    return { thumbprint: thumbprintOf(der), isHeld };
  },
  isDone: (_step, { isHeld }) => isHeld,
  async apply(step, { thumbprint }, reach) {
    const der = await reach.certificate(step.certificate);
    await reach.onWindows(step.on, async (host) => {
      await host.withFile(`${thumbprint}.cer`, der, (file) => addToStore(host.shell, step.store, file));
      if (await holds(host.shell, step.store, der)) return;
      throw new ProbeError({
        reason: 'unexpected-answer',
        to: `certutil -addstore ${step.store}`,
        answer: 'success was reported and the store does not hold the certificate',
      });
    });
  },
  undo: {
    words: ({ of, store }) => `delete the certificate of ${of} from LocalMachine\\${store}`,
    async carryOut(step, { thumbprint, isHeld }, reach) {
      if (isHeld) return;
      const der = await reach.certificate(step.certificate);
      await reach.onWindows(step.on, async ({ shell }) => {
        if (await holds(shell, step.store, der)) await deleteFromStore(shell, step.store, thumbprint);
      });
    },
  },
};
