import * as z from 'zod';
import { sha256 } from '#model/digest.ts';
import { ProbeError } from '#model/errors.ts';
import type { StepOf } from '#model/step.ts';
import { deleteTrust, importTrust, listTrust } from '#transports/vos-certificates.ts';
import type { Action } from './action.ts';

type Remove = StepOf<'vos', 'remove-certificate'>;
/** The entry, under the name the machine gave it; null where the store does not hold it. */
const before = z.strictObject({ entry: z.strictObject({ name: z.string(), der: z.base64() }).nullable() });

export const removeCertificate: Action<Remove, z.infer<typeof before>> = {
  before,
  async read(step, reach) {
    const entries = await reach.onVos(step.on, (cli) => listTrust(cli, step.store));
    const held = entries.find(({ der }) => sha256(der) === step.sha256);
    return { entry: held === undefined ? null : { name: held.name, der: held.der.toString('base64') } };
  },
  isDone: (_step, { entry }) => entry === null,
  async apply(step, { entry }, reach) {
    await reach.onVos(step.on, async (cli) => {
      if (entry !== null) await deleteTrust(cli, step.store, entry.name);
      if (!(await listTrust(cli, step.store)).some(({ der }) => sha256(der) === step.sha256)) return;
      throw new ProbeError({
        reason: 'unexpected-answer',
        to: 'set cert delete',
        answer: `success was reported and ${step.store} still holds the certificate`,
      });
    });
  },
  undo: {
    words: ({ of, store }) => `import the certificate of ${of} into ${store} again`,
    async carryOut(step, { entry }, reach) {
      if (entry === null) return;
      await reach.onVos(step.on, async (cli) => {
        const isThere = (await listTrust(cli, step.store)).some(({ der }) => sha256(der) === step.sha256);
        if (!isThere) await importTrust(cli, step.store, Buffer.from(entry.der, 'base64'));
      });
    },
  },
};
