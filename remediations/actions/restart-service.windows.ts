import { z } from 'zod';
import type { StepOf } from '#model/plan.ts';
import { restartService as restart } from '#transports/windows-services.ts';
import { shutDownGracefully } from '#transports/service-controller.ts';
import type { Action } from './action.ts';

type Restart = StepOf<'windows', 'restart-service'>;
/** PCCE 15.0, Graceful Shutdown. */
const controller = '%CVP_HOME%\\bin\\ServiceController\\service-controller.bat';
const before = z.strictObject({});

export const restartService: Action<Restart, z.infer<typeof before>> = {
  before,
  read: () => Promise.resolve({}),
  // Nothing tells whether a service was restarted since the change, so it is restarted.
  isDone: () => false,
  apply: (step, _before, reach) =>
    reach.onWindows(step.on, async (host) => {
      const { shell, signedIn } = host;
      // inferred: that the user of the machine is the one it asks for. Where it is another the service goes on, and is restarted all the same.
      if (step.graceful !== null)
        await shutDownGracefully(shell, host.path(controller), { ...signedIn, service: step.graceful });
      await restart(shell, step.service, (ms) => reach.pause(ms));
    }),
  undo: 'apply-again',
};
