import * as z from 'zod';
import type { StepOf } from '#model/step.ts';
import { restartMachine as restart } from '#transports/vos-restart.ts';
import type { Action } from './action.ts';
import { untilBack } from './until-back.ts';

type Restart = StepOf<'vos', 'restart-machine'>;
const before = z.strictObject({});

export const restartMachine: Action<Restart, z.infer<typeof before>> = {
  before,
  read: () => Promise.resolve({}),
  // Nothing tells whether it was restarted since the change, so it is restarted.
  isDone: () => false,
  async apply(step, _before, reach) {
    await reach.onVos(step.on, restart);
    await untilBack(step.on, reach);
  },
  undo: 'apply-again',
};
