import { readFileSync } from 'node:fs';

/** Connections at once at most: silent ones cost some 9 KB each. */
const most = 8000;
/** What else a process opens. */
const spare = 100;
/** Where the system does not say: macOS and Windows allow a process more. */
const usual = 4000;

/**
 * How many connections may be open at once, over all machines: as many as the system has room for. Whoever hangs is to be met early, since the deadline
 * runs from there, and a peer that answers holds nobody up.
 */
export function roomForConnections(limits: () => string = readLimits): number {
  // Node has raised the first figure, what is allowed now, to the second, what could be.
  const files = /^Max open files +(\d+|unlimited)/m.exec(limits())?.[1];
  const allowed = files === undefined ? usual : files === 'unlimited' ? Infinity : Number(files);
  return Math.max(1, Math.min(most, allowed - spare));
}

/** As Linux writes them; nothing elsewhere. */
function readLimits(): string {
  try {
    return readFileSync('/proc/self/limits', 'utf8');
  } catch {
    return '';
  }
}
