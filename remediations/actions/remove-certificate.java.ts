import * as z from 'zod';
import { sha256 } from '#model/digest.ts';
import { ProbeError } from '#model/errors.ts';
import type { StepOf } from '#model/step.ts';
import { deleteEntry } from '#transports/keytool.ts';
import type { Action } from './action.ts';
import type { HeldKeyStore } from './windows-host.ts';

type Remove = StepOf<'java', 'remove-certificate'>;
const before = z.strictObject({ aliases: z.array(z.string()) });

/** Trusted entries only: a key is not deleted with a certificate that nobody wants to trust any more. */
function aliasesOf({ entries }: HeldKeyStore, step: Remove): string[] {
  return entries.flatMap(({ alias, is, certificates: [own] }) =>
    is === 'trusted' && own !== undefined && sha256(own) === step.sha256 ? [alias] : [],
  );
}

export const removeCertificate: Action<Remove, z.infer<typeof before>> = {
  before,
  read: (step, reach) =>
    reach.onWindows(step.on, async (host) => ({ aliases: aliasesOf(await host.open(step.keyStore), step) })),
  isDone: (_step, { aliases }) => aliases.length === 0,
  apply: (step, { aliases }, reach) =>
    reach.onWindows(step.on, async (host) => {
      const store = await host.open(step.keyStore);
      for (const alias of aliases) await deleteEntry(store, alias);
      if (aliasesOf(await host.open(step.keyStore), step).length === 0) return;
      throw new ProbeError({
        reason: 'unexpected-answer',
        to: 'keytool -delete',
        answer: `success was reported and ${store.path} still holds the certificate`,
      });
    }),
  undo: 'with-backup',
};
