import * as z from 'zod';
import { sha256 } from '#model/digest.ts';
import { ProbeError } from '#model/errors.ts';
import type { StepOf } from '#model/step.ts';
import { importCertificate as importFile } from '#transports/keytool.ts';
import type { Action } from './action.ts';
import type { HeldKeyStore } from './windows-host.ts';

type Import = StepOf<'java', 'import-certificate'>;
const before = z.strictObject({ isHeld: z.boolean() });

/** Whether the key store trusts the certificate, under whatever alias: keytool would ask whether it is to be added once more. */
function isTrusted({ entries }: HeldKeyStore, der: Buffer): boolean {
  return entries.some(({ is, certificates: [own] }) => is === 'trusted' && own?.equals(der) === true);
}

/** keytool takes no alias twice: that of another certificate stays what it is. Aliases are the same in small and large letters. */
function freeAlias({ entries }: HeldKeyStore, alias: string, der: Buffer): string {
  const isTaken = entries.some((entry) => entry.alias.toLowerCase() === alias.toLowerCase());
  return isTaken ? `${alias}_${sha256(der).slice(0, 8)}` : alias;
}

export const importCertificate: Action<Import, z.infer<typeof before>> = {
  before,
  async read(step, reach) {
    const der = await reach.certificate(step.certificate);
    return reach.onWindows(step.on, async (host) => ({ isHeld: isTrusted(await host.open(step.keyStore), der) }));
  },
  isDone: (_step, { isHeld }) => isHeld,
  async apply(step, _before, reach) {
    const der = await reach.certificate(step.certificate);
    await reach.onWindows(step.on, async (host) => {
      const store = await host.open(step.keyStore);
      const alias = freeAlias(store, step.alias, der);
      await host.withFile(`${sha256(der).slice(0, 16)}.cer`, der, (file) => importFile(store, alias, file));
      if (isTrusted(await host.open(step.keyStore), der)) return;
      throw new ProbeError({
        reason: 'unexpected-answer',
        to: 'keytool -importcert',
        answer: `success was reported and ${store.path} does not hold the certificate`,
      });
    });
  },
  undo: 'with-backup',
};
