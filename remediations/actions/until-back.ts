import { ProbeError } from '#model/errors.ts';
import type { MachineId } from '#model/names.ts';
import type { Reach } from './action.ts';

/** Milliseconds between two tries, growing to the last. */
const pauses = [200, 400, 800, 1600, 3200, 6400, 10_000] as const;
/** Milliseconds: a VOS machine warns of five minutes, and a loaded one takes half an hour. */
const atMostMs = 1_800_000;

/** Waits until the command line of a machine that went down answers again. Throws the last `ProbeError` when it does not. */
export async function untilBack(machine: MachineId, reach: Reach): Promise<void> {
  let waited = 0;
  for (let look = 0; ; look += 1) {
    try {
      await reach.onVos(machine, () => Promise.resolve());
      return;
    } catch (error) {
      // A refused password would lock the account when it is tried again.
      const isAway = error instanceof ProbeError && error.failure.reason !== 'not-authorised';
      if (!isAway || waited >= atMostMs) throw error;
    }
    const pause = pauses[Math.min(look, pauses.length - 1)] ?? 10_000;
    await reach.pause(pause);
    waited += pause;
  }
}
