import { execFile, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';

const advice = 'node tools/bootstrap.mjs --integration installs what these tests start.';

/** Runs a program to its end. One that is not installed fails the test with what to do. */
export async function runProgram(
  program: string,
  args: readonly string[],
  { cwd, env }: { readonly cwd: string; readonly env?: NodeJS.ProcessEnv },
): Promise<void> {
  try {
    await promisify(execFile)(program, args, { cwd, env: { ...process.env, ...env }, timeout: 60_000 });
  } catch (error) {
    const isMissing = (error as NodeJS.ErrnoException).code === 'ENOENT';
    throw isMissing ? new Error(`${program} is not installed. ${advice}`, { cause: error }) : error;
  }
}

/** A server that somebody else wrote, as a child process. Disposing of it stops it and waits until it is gone. */
export type Server = AsyncDisposable;

/** How long a server may live: should the tests themselves be killed, it still ends. */
const mostSeconds = 600;
const readyWithinMs = 60_000;

interface Start {
  readonly args: readonly string[];
  /** What the server says when it answers on its ports. */
  readonly ready: RegExp;
  readonly env?: NodeJS.ProcessEnv;
  /** Keeps all that it says, too. */
  readonly logFile?: string;
}

/** Starts a program and waits for its own word that it serves. One that is not installed, or that ends first, is an error. */
export async function startServer(program: string, { args, ready, env, logFile }: Start): Promise<Server> {
  const child = spawn('timeout', ['--kill-after=5', String(mostSeconds), program, ...args], {
    stdio: ['ignore', 'pipe', 'pipe'],
    // Debian keeps nginx where only root looks.
    env: { ...process.env, PATH: `${process.env['PATH'] ?? ''}:/usr/sbin`, ...env },
  });
  const gone = once(child, 'exit');
  const stop = async (): Promise<void> => {
    if (child.exitCode === null && child.signalCode === null) child.kill('SIGTERM');
    await gone;
  };
  let said = '';
  try {
    await new Promise<void>((resolve, reject) => {
      const failed = (how: string): void => {
        reject(new Error(`${program} ${how} before it was ready. ${advice}\n${said}`));
      };
      const late = setTimeout(() => failed(`took more than ${readyWithinMs / 1000} s`), readyWithinMs);
      const listen = (chunk: Buffer): void => {
        said += chunk.toString();
        if (logFile !== undefined) writeFileSync(logFile, said);
        if (!ready.test(said)) return;
        clearTimeout(late);
        resolve();
      };
      child.stdout.on('data', listen);
      child.stderr.on('data', listen);
      child.once('exit', (code) => {
        clearTimeout(late);
        failed(`ended with ${String(code)}`);
      });
    });
  } catch (error) {
    await stop();
    throw error;
  }
  return { [Symbol.asyncDispose]: stop };
}

/** A folder that goes when it is disposed of. */
export class Folder implements Disposable {
  readonly path = mkdtempSync(join(tmpdir(), 'uccert-integration-'));

  [Symbol.dispose](): void {
    rmSync(this.path, { recursive: true, force: true });
  }
}
