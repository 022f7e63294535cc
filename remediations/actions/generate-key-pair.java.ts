import * as z from 'zod';
import { sha256 } from '#model/digest.ts';
import { ProbeError } from '#model/errors.ts';
import { Sha256 } from '#model/names.ts';
import type { StepOf } from '#model/step.ts';
import { deleteEntry, generateKeyPair as generate } from '#transports/keytool.ts';
import type { Action } from './action.ts';
import { identityEntry } from './identity-entry.ts';
import type { HeldKeyStore } from './windows-host.ts';

type Generate = StepOf<'java', 'generate-key-pair'>;
/** The identity under the alias; null where there is none, as between deleting it and making the next. */
const before = z.strictObject({ identity: Sha256.nullable() });

function identityOf(store: HeldKeyStore, alias: string): Sha256 | null {
  const entry = identityEntry(store, alias);
  return entry === null ? null : sha256(entry.own);
}

export const generateKeyPair: Action<Generate, z.infer<typeof before>> = {
  before,
  read: (step, reach) =>
    reach.onWindows(step.on, async (host) => ({ identity: identityOf(await host.open(step.keyStore), step.alias) })),
  isDone: (step, { identity }) => identity !== null && identity !== step.replaces,
  apply: (step, _before, reach) =>
    reach.onWindows(step.on, async (host) => {
      const store = await host.open(step.keyStore);
      const isTaken = store.entries.some(({ alias }) => alias.toLowerCase() === step.alias.toLowerCase());
      if (isTaken) await deleteEntry(store, step.alias);
      await generate(store, step);
      const now = identityOf(await host.open(step.keyStore), step.alias);
      if (now !== null && now !== step.replaces) return;
      throw new ProbeError({
        reason: 'unexpected-answer',
        to: 'keytool -genkeypair',
        answer: `success was reported and ${step.alias} has no new key`,
      });
    }),
  undo: 'with-backup',
};
