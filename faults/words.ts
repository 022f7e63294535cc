import type { Source } from '#model/source.ts';
import type { Certificate } from '#x509/certificate.ts';

const day = 24 * 60 * 60 * 1000;

/** Whole days from `from` to `to`, rounded down; negative when `to` is before. */
export function daysBetween(from: Date, to: Date): number {
  return Math.floor((to.getTime() - from.getTime()) / day);
}

/** `1 day`, `12 days`. */
export function days(count: number): string {
  return `${String(count)} ${count === 1 ? 'day' : 'days'}`;
}

/** `1 entry`, `12 entries` of a store. */
export function entriesTitle(count: number): string {
  return `${String(count)} ${count === 1 ? 'entry' : 'entries'}`;
}

/** ISO 8601 in UTC to the second: `2026-11-22 03:15:00Z`. */
export function instant(date: Date): string {
  return date
    .toISOString()
    .replace('T', ' ')
    .replace(/\.\d{3}Z$/, 'Z');
}

/** A source in one line, with its confidence where it is not documented. */
export function sourceTitle({ document, section, confidence }: Source): string {
  return `${document}, ${section}${confidence === 'documented' ? '' : ` (${confidence})`}`;
}

/** The key in words: `RSA 2048`, `EC prime256v1`. */
export function keyTitle({ publicKey }: Pick<Certificate, 'publicKey'>): string {
  const { type, bits, curve } = publicKey;
  if (type === 'ec') return `EC ${curve ?? 'unknown curve'}`;
  return bits === null ? type : `${type.toUpperCase()} ${String(bits)}`;
}
