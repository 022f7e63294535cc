import { ProbeError } from '#model/errors.ts';
import { unexpected } from './vos-answer.ts';
import type { Reply, VosCli } from './vos-cli.ts';
import { vosTexts } from './vos-texts.ts';

/** Milliseconds allowed for a restart: a Tomcat on a loaded machine takes minutes (seen in public code: 600 s). */
const restartMs = 600_000;

/** `utils service restart NAME`, until the machine says that it is started. */
export async function restartService(cli: VosCli, service: string): Promise<void> {
  const command = `utils service restart ${service}`;
  const output = await cli.run(command, [{ to: /\(y\/n\)\s*\??\s*$/i, send: 'y' }], restartMs);
  const started = output.split('\n').some((line) => vosTexts.started.exec(line)?.[1] === service);
  if (!started) throw unexpected(output, command);
}

/** `utils system restart`; resolves when the machine has gone. */
export async function restartMachine(cli: VosCli): Promise<void> {
  await untilGone(cli, 'utils system restart', [{ to: /\(yes\/no\)\s*\??\s*$/i, send: 'yes' }]);
}

/** Runs what makes the machine go down, and waits until the session has ended. Null where it ended before the prompt came back. */
export async function untilGone(cli: VosCli, command: string, replies: readonly Reply[]): Promise<string | null> {
  try {
    const output = await cli.run(command, replies, restartMs);
    await cli.ended(restartMs, command);
    return output;
  } catch (error) {
    if (error instanceof ProbeError && error.failure.reason === 'connection-closed') return null;
    throw error;
  }
}
