import * as z from 'zod';
import { ProbeError } from '#model/errors.ts';
import type { StepOf } from '#model/step.ts';
import { deleteEntry, importKeyPair as takeOver } from '#transports/keytool.ts';
import type { Action, Reach } from './action.ts';
import { identityEntry } from './identity-entry.ts';
import type { HeldKeyStore, WindowsHost } from './windows-host.ts';

type Import = StepOf<'java', 'import-key-pair'>;
/** Whether the key store has the certificate with its chain, and whether the file it comes from is there. */
const before = z.strictObject({ isInPlace: z.boolean(), isApart: z.boolean() });

function holds(store: HeldKeyStore, alias: string, certificate: Buffer): boolean {
  const entry = identityEntry(store, alias);
  return entry?.own.equals(certificate) === true && entry.chain.length > 1;
}

function apartFrom(host: WindowsHost, { keyStore }: Import): Promise<HeldKeyStore> {
  return host.open({ ...keyStore, apart: true });
}

async function look(step: Import, reach: Reach, host: WindowsHost): Promise<z.infer<typeof before>> {
  const certificate = await reach.certificate(step.certificate);
  const isInPlace = holds(await host.open(step.keyStore), step.alias, certificate);
  const { entries } = await apartFrom(host, step);
  return { isInPlace, isApart: identityEntry({ entries }, step.alias) !== null };
}

export const importKeyPair: Action<Import, z.infer<typeof before>> = {
  before,
  read: (step, reach) => reach.onWindows(step.on, (host) => look(step, reach, host)),
  isDone: (_step, { isInPlace, isApart }) => isInPlace && !isApart,
  async apply(step, { isInPlace }, reach) {
    const certificate = await reach.certificate(step.certificate);
    await reach.onWindows(step.on, async (host) => {
      const apart = await apartFrom(host, step);
      const own = await host.open(step.keyStore);
      if (!isInPlace) {
        if (!holds(apart, step.alias, certificate))
          throw new ProbeError({
            reason: 'unexpected-answer',
            to: `a look for ${step.alias} in ${apart.path}`,
            answer: 'it does not have the certificate with its chain',
          });
        await takeOver(apart, own, step.alias);
        if (!holds(await host.open(step.keyStore), step.alias, certificate))
          throw new ProbeError({
            reason: 'unexpected-answer',
            to: 'keytool -importkeystore',
            answer: `success was reported and ${step.alias} of ${own.path} does not have the certificate with its chain`,
          });
      }
      // A second file with the private key would be one more to look after.
      if (apart.entries.some(({ alias }) => alias.toLowerCase() !== step.alias.toLowerCase()))
        await deleteEntry(apart, step.alias);
      else if (!apart.isNew) await host.shell.remove(apart.path);
    });
  },
  undo: 'with-backup',
};
