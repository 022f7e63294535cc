import type { Source } from './source.ts';

/** A clause of an RFC. */
export function rfc(number: number, section: string): Source {
  return {
    document: `RFC ${String(number)}`,
    section,
    url: `https://www.rfc-editor.org/rfc/rfc${String(number)}#section-${section}`,
    confidence: 'documented',
    read: '2026-11-22',
  };
}
