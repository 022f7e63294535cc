import type { Missing } from '#model/finding.ts';

/** Evidence that was obtained, or what of it is missing. */
export type Obtained<T> = { readonly value: T } | { readonly missing: Missing };
