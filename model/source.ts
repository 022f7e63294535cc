import * as z from 'zod';

/** Where a claim comes from. `confidence` says how firmly: stated by the vendor, seen in public code, inferred, tried by hand. */
export const Source = z.strictObject({
  /** Title as the publisher spells it. */
  document: z.string(),
  /** Section, clause or page of it. */
  section: z.string(),
  url: z.url(),
  confidence: z.enum(['documented', 'seen in public code', 'inferred', 'tried']).default('documented'),
  /** The day it was read, ISO 8601. */
  read: z.iso.date(),
});
export type Source = z.infer<typeof Source>;

/** At least one source: a claim without one does not compile. */
export type Sources = readonly [Source, ...Source[]];
