import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { homedir } from 'node:os';
import { join } from 'node:path';
import { UsageError } from '#model/errors.ts';

/** sun_path of macOS, the shortest of the systems. */
const longestSocketPath = 103;

/** Where uccert keeps what it must remember: `$UCCERT_STATE`, else the XDG place. */
export function stateFolder(environment: NodeJS.ProcessEnv = process.env, home: string = homedir()): string {
  const own = environment['UCCERT_STATE'];
  if (own !== undefined && own !== '') return own;
  const xdg = environment['XDG_STATE_HOME'];
  return join(xdg !== undefined && xdg !== '' ? xdg : join(home, '.local', 'state'), 'uccert');
}

/** The lab's own folder below the state folder. */
export function labFolder(state: string): string {
  return join(state, 'lab');
}

/** The file in the lab's folder that holds the number of its process. */
export const processFile = 'pid';

/** Whether the process is there whose files lie in the lab's folder. */
export function isLabRunning(state: string): boolean {
  try {
    return isRunning(Number(readFileSync(join(labFolder(state), processFile), 'utf8')));
  } catch {
    return false;
  }
}

/** Whether there is a process of this number. */
export function isRunning(pid: number): boolean {
  try {
    return process.kill(pid, 0);
  } catch {
    return false;
  }
}

/** The socket by which commands reach the lab; on Windows a pipe, which has no file. */
export function controlSocket(state: string, platform: NodeJS.Platform = process.platform): string {
  if (platform !== 'win32') {
    const path = join(labFolder(state), 'control.sock');
    if (Buffer.byteLength(path) <= longestSocketPath) return path;
    throw new UsageError({
      seen: `The path of the control socket is too long: ${path}.`,
      matters: `The system takes socket paths of at most ${longestSocketPath} bytes.`,
      todo: 'Set $UCCERT_STATE to a shorter folder.',
    });
  }
  return `\\\\.\\pipe\\uccert-lab-${createHash('sha256').update(state).digest('hex').slice(0, 16)}`;
}
