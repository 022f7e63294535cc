import * as z from 'zod';
import type { StepOf } from '#model/step.ts';
import { restartService as restart } from '#transports/vos-restart.ts';
import type { Action } from './action.ts';

type Restart = StepOf<'vos', 'restart-service'>;
const before = z.strictObject({});

export const restartService: Action<Restart, z.infer<typeof before>> = {
  before,
  read: () => Promise.resolve({}),
  // Nothing tells whether a service was restarted since the change, so it is restarted.
  isDone: () => false,
  apply: (step, _before, reach) => reach.onVos(step.on, (cli) => restart(cli, step.service)),
  undo: 'apply-again',
};
