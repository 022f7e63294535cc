import * as z from 'zod';
import { sha256 } from '#model/digest.ts';
import { ProbeError } from '#model/errors.ts';
import { toPem } from '#model/pem.ts';
import type { StepOf } from '#model/step.ts';
import { importCertificate } from '#transports/keytool.ts';
import type { Action } from './action.ts';
import { identityEntry } from './identity-entry.ts';
import type { HeldKeyStore } from './windows-host.ts';

type ImportReply = StepOf<'java', 'import-reply'>;
const before = z.strictObject({ isInPlace: z.boolean() });

/** With its key, and with its issuer behind it: under a mistyped alias, or alone, keytool takes it too and says so in other words only. */
function isInPlace(store: HeldKeyStore, { alias }: ImportReply, reply: Buffer): boolean {
  const entry = identityEntry(store, alias);
  return entry?.own.equals(reply) === true && entry.chain.length > 1;
}

/** Each issuer behind what it issued: what another program put there may stand in another order. */
function isInOrder(store: HeldKeyStore, { alias, chain }: ImportReply): boolean {
  const [, ...issuers] = identityEntry(store, alias)?.chain ?? [];
  return issuers.every((der, at) => sha256(der) === chain.toReversed()[at]);
}

export const importReply: Action<ImportReply, z.infer<typeof before>> = {
  before,
  async read(step, reach) {
    const reply = await reach.certificate(step.certificate);
    return reach.onWindows(step.on, async (host) => {
      const store = await host.open(step.keyStore);
      return { isInPlace: isInPlace(store, step, reply) && isInOrder(store, step) };
    });
  },
  isDone: (_step, before) => before.isInPlace,
  async apply(step, _before, reach) {
    const reply = await reach.certificate(step.certificate);
    const chain = await Promise.all(step.chain.map((sha256) => reach.certificate({ from: 'plan', sha256 })));
    // With its whole chain: keytool refuses a certificate that it has already when it comes alone.
    const file = Buffer.from([reply, ...chain.toReversed()].map(toPem).join(''));
    await reach.onWindows(step.on, async (host) => {
      const store = await host.open(step.keyStore);
      if (identityEntry(store, step.alias) === null)
        throw new ProbeError({
          reason: 'unexpected-answer',
          to: `a look for ${step.alias} in ${store.path}`,
          answer: 'it has no key: the certificate would become a trusted one',
        });
      await host.withFile(`${step.alias}.pem`, file, (path) => importCertificate(store, step.alias, path));
      if (isInPlace(await host.open(step.keyStore), step, reply)) return;
      throw new ProbeError({
        reason: 'unexpected-answer',
        to: 'keytool -importcert',
        answer: `success was reported and ${step.alias} does not have the certificate with its chain`,
      });
    });
  },
  undo: 'with-backup',
};
