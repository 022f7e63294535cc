import * as z from 'zod';
import type { StepOf } from '#model/step.ts';
import { deleteFromStore, makeSelfSigned, personalCertificates } from '#transports/windows-store.ts';
import type { Action } from './action.ts';
import type { WindowsHost } from './windows-host.ts';

type Generate = StepOf<'windows', 'generate-key-pair'>;
const before = z.strictObject({ isMade: z.boolean() });

async function made(host: WindowsHost, { unit }: Generate): Promise<string[]> {
  const held = await personalCertificates(host.shell);
  return held.flatMap(({ friendlyName, thumbprint }) => (friendlyName === host.friendlyName(unit) ? [thumbprint] : []));
}

export const generateKeyPair: Action<Generate, z.infer<typeof before>> = {
  before,
  read: (step, reach) => reach.onWindows(step.on, async (host) => ({ isMade: (await made(host, step)).length > 0 })),
  isDone: (_step, { isMade }) => isMade,
  apply: (step, _before, reach) =>
    reach.onWindows(step.on, async (host) => {
      await makeSelfSigned(host.shell, { ...step, friendlyName: host.friendlyName(step.unit) });
    }),
  undo: {
    words: ({ unit }) => `delete the certificate that was made for ${unit} from Personal`,
    carryOut: (step, _before, reach) =>
      reach.onWindows(step.on, async (host) => {
        for (const thumbprint of await made(host, step)) await deleteFromStore(host.shell, 'My', thumbprint);
      }),
  },
};
