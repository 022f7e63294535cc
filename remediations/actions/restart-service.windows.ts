import * as z from 'zod';
import { ProbeError } from '#model/errors.ts';
import type { MachineId } from '#model/names.ts';
import type { StepOf } from '#model/step.ts';
import { isRunning, restartService as restart } from '#transports/windows-services.ts';
import { shutDownGracefully, type Asked } from '#transports/service-controller.ts';
import type { Action, Reach } from './action.ts';
import type { WindowsHost } from './windows-host.ts';

type Restart = StepOf<'windows', 'restart-service'>;
/** PCCE 15.0, Graceful Shutdown. */
const controller = '%CVP_HOME%\\bin\\ServiceController\\service-controller.bat';
const callServerService = 'Cisco CVP CallServer';
const before = z.strictObject({});

/** inferred: that the user of a machine is the one it asks for. Where it is another the service goes on, and is restarted all the same. */
async function answersFor(
  graceful: NonNullable<Restart['graceful']>,
  { signedIn }: WindowsHost,
  reach: Reach,
): Promise<Asked> {
  if (graceful.service === 'callserver') return { ...signedIn, service: 'callserver' };
  const callServer = await runningCallServer(graceful.callServer, reach);
  return { ...callServer, service: 'reportingserver', reportingServer: signedIn.address };
}

/** The Call Server must run while the Reporting Server is shut down. */
function runningCallServer(id: MachineId, reach: Reach): Promise<WindowsHost['signedIn']> {
  return reach.onWindows(id, async ({ shell, signedIn }) => {
    if (await isRunning(shell, callServerService)) return signedIn;
    throw new ProbeError({
      reason: 'unexpected-answer',
      to: `a look at ${callServerService} on ${id}`,
      answer: 'it does not run, and must while the Reporting Server is shut down',
    });
  });
}

export const restartService: Action<Restart, z.infer<typeof before>> = {
  before,
  read: () => Promise.resolve({}),
  // Nothing tells whether a service was restarted since the change, so it is restarted.
  isDone: () => false,
  apply: (step, _before, reach) =>
    reach.onWindows(step.on, async (host) => {
      const { shell } = host;
      if (step.graceful !== null)
        await shutDownGracefully(shell, host.path(controller), await answersFor(step.graceful, host, reach));
      await restart(shell, step.service, (ms) => reach.pause(ms));
    }),
  undo: 'apply-again',
};
