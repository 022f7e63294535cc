import { homedir } from 'node:os';
import { join } from 'node:path';

/** Where compiled source is kept: below the XDG place and never in a folder that others write to, since what lies there is run. */
export function cacheFolder(environment: NodeJS.ProcessEnv = process.env, home: string = homedir()): string {
  const xdg = environment['XDG_CACHE_HOME'];
  return join(xdg !== undefined && xdg !== '' ? xdg : join(home, '.cache'), 'uccert', 'compiled');
}
