import * as z from 'zod';
import { sha256 } from '#model/digest.ts';
import { ProbeError } from '#model/errors.ts';
import type { StepOf } from '#model/step.ts';
import { renameEntry } from '#transports/keytool.ts';
import type { Action } from './action.ts';
import { identityEntry } from './identity-entry.ts';
import type { HeldKeyStore } from './windows-host.ts';

type Rename = StepOf<'java', 'rename-alias'>;
const before = z.strictObject({ isRenamed: z.boolean() });

function holds(store: HeldKeyStore, alias: string, step: Rename): boolean {
  const entry = identityEntry(store, alias);
  return entry !== null && sha256(entry.own) === step.sha256;
}

export const renameAlias: Action<Rename, z.infer<typeof before>> = {
  before,
  read: (step, reach) =>
    reach.onWindows(step.on, async (host) => ({
      isRenamed: holds(await host.open(step.keyStore), step.alias, step),
    })),
  isDone: (_step, { isRenamed }) => isRenamed,
  apply: (step, _before, reach) =>
    reach.onWindows(step.on, async (host) => {
      const store = await host.open(step.keyStore);
      if (!holds(store, step.from, step))
        throw new ProbeError({
          reason: 'unexpected-answer',
          to: `a look for ${step.from} in ${store.path}`,
          answer: 'it does not have the key of the plan',
        });
      await renameEntry(store, step.from, step.alias);
      if (holds(await host.open(step.keyStore), step.alias, step)) return;
      throw new ProbeError({
        reason: 'unexpected-answer',
        to: 'keytool -changealias',
        answer: `success was reported and ${step.alias} does not have the key`,
      });
    }),
  undo: 'with-backup',
};
