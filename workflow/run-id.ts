import { randomBytes } from 'node:crypto';

/** Id of a run or plan: UTC time to the millisecond and four hexadecimal digits, so that ids sort by time. */
export function newId(now: Date): string {
  const time = now.toISOString().replace(/[-:.]/g, '');
  return `${time}-${randomBytes(2).toString('hex')}`;
}
