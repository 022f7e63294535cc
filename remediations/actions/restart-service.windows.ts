import { z } from 'zod';
import type { StepOf } from '#model/plan.ts';
import { restartService as restart } from '#transports/windows-services.ts';
import type { Action } from './action.ts';

type Restart = StepOf<'windows', 'restart-service'>;
const before = z.strictObject({});

export const restartService: Action<Restart, z.infer<typeof before>> = {
  before,
  read: () => Promise.resolve({}),
  // Nothing tells whether a service was restarted since the change, so it is restarted.
  isDone: () => false,
  apply: (step, _before, reach) =>
    reach.onWindows(step.on, ({ shell }) => restart(shell, step.service, (ms) => reach.pause(ms))),
  undo: 'apply-again',
};
