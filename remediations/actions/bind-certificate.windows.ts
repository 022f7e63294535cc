import * as z from 'zod';
import type { StepOf } from '#model/step.ts';
import {
  addHttpsSite,
  bindByDiagFw,
  bindByNetsh,
  bindingOf,
  hasHttpsSite,
  notedThumbprint,
  removeHttpsSite,
  unbindByDiagFw,
  unbindByNetsh,
} from '#transports/windows-bindings.ts';
import { personalCertificates, thumbprintOf } from '#transports/windows-store.ts';
import type { Action } from './action.ts';
import type { WindowsHost } from './windows-host.ts';

type Bind = StepOf<'windows', 'bind-certificate'>;
/** What is bound, what the registry notes of it, what is to be bound, and whether a site listens: one that has a certificate does. */
const before = z.strictObject({
  wanted: z.string(),
  bound: z.strictObject({ thumbprint: z.string(), store: z.string(), application: z.string() }).nullable(),
  noted: z.string().nullable(),
  hasSite: z.boolean(),
});
type Before = z.infer<typeof before>;

/** The folder of the tool (Serviceability Guide, Diagnostic Framework). */
const diagFw = '<ICM>\\serviceability\\diagnostics\\bin\\DiagFwCertMgr.exe';

async function bind(host: WindowsHost, { by, port }: Bind, thumbprint: string): Promise<void> {
  if (by === 'netsh') await bindByNetsh(host.shell, port, { thumbprint });
  else await bindByDiagFw(host.shell, { program: host.path(diagFw), port }, thumbprint);
}

/** The note of the registry too, where netsh had bound behind the back of DiagFwCertMgr. */
async function putBack(host: WindowsHost, step: Bind, { bound, noted, hasSite }: Before): Promise<void> {
  const { by, port } = step;
  if (bound?.store.toUpperCase() === 'MY' && !(await isPersonal(host, bound.thumbprint)))
    throw new Error(`the certificate that was bound before${notThere(bound.thumbprint)}; what is bound now stays`);
  if (by === 'DiagFwCertMgr' && noted !== null) await bind(host, step, noted);
  if (bound !== null) {
    const now = await bindingOf(host.shell, port);
    if (now?.thumbprint !== bound.thumbprint || now.store !== bound.store) await bindByNetsh(host.shell, port, bound);
  } else if (by === 'netsh') await unbindByNetsh(host.shell, port);
  else await unbindByDiagFw(host.shell, host.path(diagFw));
  if (!hasSite && (await hasHttpsSite(host.shell, port))) await removeHttpsSite(host.shell, port);
}

/** Whether Personal has it: a binding to what is not there would leave the port with none. Throws `ProbeError`. */
async function isPersonal({ shell }: Pick<WindowsHost, 'shell'>, wanted: string): Promise<boolean> {
  return (await personalCertificates(shell)).some(({ thumbprint }) => thumbprint === wanted);
}

const notThere = (thumbprint: string): string =>
  `, SHA-1 ${thumbprint}, is not in Personal (LocalMachine\\My): somebody may have deleted it`;

export const bindCertificate: Action<Bind, Before> = {
  before,
  async read(step, reach) {
    const wanted = thumbprintOf(await reach.certificate(step.certificate));
    return reach.onWindows(step.on, async ({ shell }) => {
      const bound = await bindingOf(shell, step.port);
      // The name of what is bound stays when it is deleted, and nothing is presented after the next restart.
      const isElsewhere = bound?.thumbprint === wanted && bound.store.toUpperCase() !== 'MY';
      if (!isElsewhere && !(await isPersonal({ shell }, wanted)))
        throw new Error(`the certificate to bind${notThere(wanted)}`);
      const noted = step.by === 'netsh' ? null : await notedThumbprint(shell);
      const isServed = bound !== null || step.by === 'DiagFwCertMgr';
      return { wanted, bound, noted, hasSite: isServed || (await hasHttpsSite(shell, step.port)) };
    });
  },
  isDone: ({ by }, { wanted, bound, noted }) => bound?.thumbprint === wanted && (by === 'netsh' || noted === wanted),
  apply: (step, { wanted, hasSite }, reach) =>
    reach.onWindows(step.on, async (host) => {
      if (!hasSite) await addHttpsSite(host.shell, step.port);
      await bind(host, step, wanted);
    }),
  undo: {
    words: ({ port }, { bound, hasSite }) =>
      bound === null
        ? `unbind port ${String(port)}: nothing was bound there${hasSite ? '' : ', and no site listened'}`
        : `bind the certificate that was bound to port ${String(port)} before, SHA-1 ${bound.thumbprint}`,
    carryOut: (step, state, reach) => reach.onWindows(step.on, (host) => putBack(host, step, state)),
  },
};
