import { z } from 'zod';
import type { StepOf } from '#model/plan.ts';
import { certificateType, setCertificateType } from '#transports/vos-certificates.ts';
import type { Action, Reach } from './action.ts';
import { untilBack } from './until-back.ts';

type SetOption = StepOf<'vos', 'set-option'>;
const before = z.strictObject({ type: z.enum(['rsa', 'ecdsa']) });

async function set(step: SetOption, type: 'rsa' | 'ecdsa', reach: Reach): Promise<void> {
  await reach.onVos(step.on, (cli) => setCertificateType(cli, type));
  await untilBack(step.on, reach);
}

export const setOption: Action<SetOption, z.infer<typeof before>> = {
  before,
  read: (step, reach) => reach.onVos(step.on, async (cli) => ({ type: await certificateType(cli) })),
  isDone: (step, { type }) => type === step.value,
  apply: (step, _before, reach) => set(step, step.value, reach),
  async undo(step, { type }, reach) {
    if ((await reach.onVos(step.on, certificateType)) !== type) await set(step, type, reach);
  },
};
