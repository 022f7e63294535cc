import { createHash } from 'node:crypto';
import { homedir } from 'node:os';
import { join } from 'node:path';

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

/** The socket by which commands reach the lab; on Windows a pipe, which has no file. */
export function controlSocket(state: string, platform: NodeJS.Platform = process.platform): string {
  if (platform !== 'win32') return join(labFolder(state), 'control.sock');
  return `\\\\.\\pipe\\uccert-lab-${createHash('sha256').update(state).digest('hex').slice(0, 16)}`;
}
