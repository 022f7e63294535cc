import * as z from 'zod';
import { sha256 } from '#model/digest.ts';
import { ProbeError } from '#model/errors.ts';
import { Sha256 } from '#model/names.ts';
import type { StepOf } from '#model/step.ts';
import { regenerate, showIdentity } from '#transports/vos-certificates.ts';
import type { Action } from './action.ts';

type Regenerate = StepOf<'vos', 'regenerate-certificate'>;
const before = z.strictObject({ identity: Sha256 });

export const regenerateCertificate: Action<Regenerate, z.infer<typeof before>> = {
  before,
  read: (step, reach) =>
    reach.onVos(step.on, async (cli) => ({ identity: sha256(await showIdentity(cli, step.unit)) })),
  isDone: (step, { identity }) => identity !== step.replaces,
  async apply(step, _before, reach) {
    await reach.onVos(step.on, async (cli) => {
      await regenerate(cli, step.unit);
      if (sha256(await showIdentity(cli, step.unit)) !== step.replaces) return;
      throw new ProbeError({
        reason: 'unexpected-answer',
        to: `set cert regen ${step.unit}`,
        answer: 'success was reported and the certificate is the old one',
      });
    });
  },
  undo: 'none',
};
