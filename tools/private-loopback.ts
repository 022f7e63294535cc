import { spawnSync } from 'node:child_process';

const mark = 'UCCERT_PRIVATE_LOOPBACK';

/**
 * Without root a process may not bind the real ports below 1024. Linux gives it a network of its own where it may: this starts the same
 * program again in there and ends with its exit code. Where that is not to be had, the program goes on and the lab maps its ports.
 */
export function inPrivateLoopback(): void {
  if (process.platform !== 'linux' || process.getuid?.() === 0 || process.env[mark] !== undefined) return;
  const enter = ['-rn', 'sh', '-c', 'ip link set lo up && exec "$@"', 'sh'];
  if (spawnSync('unshare', [...enter, 'true'], { stdio: 'ignore' }).status !== 0) return;
  const [script = '', ...args] = process.argv.slice(1);
  const inside = spawnSync('unshare', [...enter, process.execPath, script, ...args], {
    stdio: 'inherit',
    env: { ...process.env, [mark]: '1' },
  });
  process.exit(inside.status ?? 1);
}
