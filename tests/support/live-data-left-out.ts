import { daysFrom } from '#lab/authority.ts';
import type { Lab } from '#lab/lab.ts';

/** The validity of a certificate that ran out three days ago. */
export function expired(lab: Lab): { notBefore: Date; notAfter: Date } {
  return { notBefore: daysFrom(lab.now(), -733), notAfter: daysFrom(lab.now(), -3) };
}

/** The certificate was renewed after it had run out, and every service was restarted but Socket.IO. */
export async function liveDataLeftOut(lab: Lab): Promise<void> {
  const machine = lab.vos('uccx1');
  await lab.install('uccx1', expired(lab));
  machine.identity = await lab.issueFor(machine, {});
  await machine.load(machine.services.map(({ name }) => name).filter((name) => !name.includes('Socket.IO')));
}
