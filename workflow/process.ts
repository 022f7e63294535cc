import { readFileSync } from 'node:fs';

/** Whether a process of this host runs. */
export function isRunning(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return !isZombie(pid);
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'EPERM';
  }
}

/** A process that has ended and was not yet waited for still takes signals. Linux tells; elsewhere nobody asks. */
function isZombie(pid: number): boolean {
  try {
    return readFileSync(`/proc/${String(pid)}/stat`, 'utf8')
      .replace(/\(.*\)/, '')
      .includes(' Z ');
  } catch {
    return false;
  }
}
