import * as z from 'zod';
import { sha256 } from '#model/digest.ts';
import { ProbeError } from '#model/errors.ts';
import { Sha256 } from '#model/names.ts';
import type { StepOf } from '#model/step.ts';
import { isReadable, readCertificate } from '#x509/certificate.ts';
import { deleteTrust, importTrust, listTrust } from '#transports/vos-certificates.ts';
import type { Action } from './action.ts';

type Import = StepOf<'vos', 'import-certificate'>;
const before = z.strictObject({
  certificate: Sha256,
  isHeld: z.boolean(),
  /** The entry of the same subject that the import takes the place of: a VOS store keeps one entry per common name and unit. */
  replaced: z.strictObject({ name: z.string(), der: z.base64() }).nullable(),
});

export const importCertificate: Action<Import, z.infer<typeof before>> = {
  before,
  async read(step, reach) {
    const der = await reach.certificate(step.certificate);
    const entries = await reach.onVos(step.on, (cli) => listTrust(cli, step.store));
    const subject = subjectOf(der);
    const isHeld = entries.some((entry) => entry.der.equals(der));
    const namesake = entries.find((entry) => !entry.der.equals(der) && subjectOf(entry.der) === subject);
    const replaced = namesake === undefined ? null : { name: namesake.name, der: namesake.der.toString('base64') };
    return { certificate: sha256(der), isHeld, replaced };
  },
  isDone: (_step, { isHeld }) => isHeld,
  async apply(step, { replaced }, reach) {
    const der = await reach.certificate(step.certificate);
    await reach.onVos(step.on, async (cli) => {
      // Of two entries of one name the one with the later notBefore stays (technote 115957): it would keep the new one out.
      if (replaced !== null && beginsLater(Buffer.from(replaced.der, 'base64'), der))
        await deleteTrust(cli, step.store, replaced.name);
      await importTrust(cli, step.store, der);
      // An upload can report success while the entry with the later notBefore stays: only the store tells.
      if ((await listTrust(cli, step.store)).some((entry) => entry.der.equals(der))) return;
      throw new ProbeError({
        reason: 'unexpected-answer',
        to: `set cert import trust`,
        answer: `success was reported and ${step.store} does not hold the certificate`,
      });
    });
  },
  undo: {
    words: ({ of, store }, { replaced }) =>
      replaced === null
        ? `remove the certificate of ${of} from ${store}, where it had none`
        : `put the certificate of ${of} that was in ${store} before (${replaced.name}) in place of the one imported`,
    async carryOut(step, { certificate, isHeld, replaced }, reach) {
      if (isHeld) return;
      await reach.onVos(step.on, async (cli) => {
        const entry = (await listTrust(cli, step.store)).find(({ der }) => sha256(der) === certificate);
        if (entry !== undefined) await deleteTrust(cli, step.store, entry.name);
        if (replaced !== null) await importTrust(cli, step.store, Buffer.from(replaced.der, 'base64'));
      });
    },
  },
};

function beginsLater(held: Buffer, wanted: Buffer): boolean {
  const [left, right] = [readCertificate(held), readCertificate(wanted)];
  return isReadable(left) && isReadable(right) && left.notBefore > right.notBefore;
}

function subjectOf(der: Buffer): string {
  const certificate = readCertificate(der);
  return isReadable(certificate) ? certificate.subjectName : '';
}
