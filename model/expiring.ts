import type { Thresholds } from './inventory.ts';

/** When a certificate is valid. */
export interface Validity {
  readonly notBefore: Date;
  readonly notAfter: Date;
}

const day = 86_400_000;

/** Days before notAfter from which a certificate counts as expiring: as the inventory says, but at most a share of its life. */
export function expiringFrom({ notBefore, notAfter }: Validity, { expiringDays, expiringShare }: Thresholds): number {
  const life = (notAfter.getTime() - notBefore.getTime()) / day;
  return Math.min(expiringDays, Math.max(1, Math.ceil(life * expiringShare)));
}

/** Whole days from a time until notAfter; less than nought once it is past. */
export function daysLeft({ notAfter }: Pick<Validity, 'notAfter'>, at: Date): number {
  return Math.floor((notAfter.getTime() - at.getTime()) / day);
}
