import * as z from 'zod';
import { sha256 } from '#model/digest.ts';
import { ProbeError } from '#model/errors.ts';
import { Sha256 } from '#model/names.ts';
import type { StepOf } from '#model/step.ts';
import { importOwn, showIdentity } from '#transports/vos-certificates.ts';
import type { Action } from './action.ts';

type ImportReply = StepOf<'vos', 'import-reply'>;
const before = z.strictObject({ identity: Sha256, reply: Sha256 });

export const importReply: Action<ImportReply, z.infer<typeof before>> = {
  before,
  async read(step, reach) {
    const reply = await reach.certificate({ from: 'reply', machine: step.on, unit: step.unit });
    const identity = await reach.onVos(step.on, (cli) => showIdentity(cli, step.unit));
    return { identity: sha256(identity), reply: sha256(reply) };
  },
  isDone: (_step, { identity, reply }) => identity === reply,
  async apply(step, { reply }, reach) {
    const der = await reach.certificate({ from: 'reply', machine: step.on, unit: step.unit });
    await reach.onVos(step.on, async (cli) => {
      await importOwn(cli, step.unit, der);
      if (sha256(await showIdentity(cli, step.unit)) === reply) return;
      throw new ProbeError({
        reason: 'unexpected-answer',
        to: `set cert import own ${step.unit}`,
        answer: 'success was reported and the identity is another certificate',
      });
    });
  },
  undo: 'none',
};
