import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { LabOptions } from '#lab/build.ts';
import { Lab } from '#lab/lab.ts';

/** A lab inside the test's own process, with a state folder that goes when it is disposed of. */
export interface TestLab extends AsyncDisposable {
  readonly lab: Lab;
  readonly state: string;
}

/** Starts a lab for a test file. Each file that runs beside others takes a network of its own. */
export async function startTestLab(
  network: string,
  options: Omit<LabOptions, 'state' | 'network'> = {},
): Promise<TestLab> {
  const state = await mkdtemp(join(tmpdir(), 'uccert-test-'));
  const gone = (): Promise<void> => rm(state, { recursive: true, force: true });
  const lab = await Lab.start({ manners: { restartMilliseconds: 20 }, ...options, network, state }).catch(
    async (error: unknown) => {
      await gone();
      throw error;
    },
  );
  return {
    lab,
    state,
    [Symbol.asyncDispose]: async () => {
      await lab.stop();
      await gone();
    },
  };
}
