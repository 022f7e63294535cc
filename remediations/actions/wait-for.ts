import { z } from 'zod';
import { sha256 } from '#model/digest.ts';
import { ProbeError } from '#model/errors.ts';
import type { StepOf } from '#model/plan.ts';
import type { Action } from './action.ts';

type Wait = StepOf<'vos' | 'windows', 'wait-for'>;
const before = z.strictObject({});

/** Milliseconds between two looks, growing to the last. */
const pauses = [100, 200, 400, 800, 1600, 3200, 5000] as const;

export const waitFor: Action<Wait, z.infer<typeof before>> = {
  before,
  read: () => Promise.resolve({}),
  isDone: () => false,
  async apply(step, _before, reach) {
    const identity = sha256(await reach.certificate({ from: 'identity-store', machine: step.on, unit: step.unit }));
    let waited = 0;
    for (let look = 0; ; look += 1) {
      const late: number[] = [];
      for (const port of step.ports) if ((await reach.presented(step.on, port)) !== identity) late.push(port);
      if (late.length === 0) return;
      if (waited >= step.atMost * 1000) {
        throw new ProbeError({
          reason: 'unexpected-answer',
          to: `a look at ports ${late.join(', ')} of ${step.on}`,
          answer: `${String(step.atMost)} s after the restart they do not present the certificate of the store`,
        });
      }
      const pause = pauses[Math.min(look, pauses.length - 1)] ?? 5000;
      await reach.pause(pause);
      waited += pause;
    }
  },
  undo: 'apply-again',
};
