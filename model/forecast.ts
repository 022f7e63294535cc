import * as z from 'zod';
import { Subject } from './finding.ts';
import { TrustLink } from './link.ts';
import { Instant, Sha256 } from './names.ts';

/** The end of one certificate, and what it takes with it. */
export const Ending = z.strictObject({
  at: Instant,
  certificate: Sha256,
  /** Where a fault becomes present at that time that was not there before. */
  subjects: z.array(Subject),
  /** Links that stop. */
  links: z.array(TrustLink),
  /** Who opens a page that stops. */
  audiences: z.array(z.string()),
});
export type Ending = z.infer<typeof Ending>;

/** What ends in the months to come, in windows: certificates that end close to each other are renewed together. */
export const Forecast = z.strictObject({
  from: Instant,
  to: Instant,
  /** What had ended before, and stops something now: the latest last. */
  ended: z.array(Ending),
  windows: z.array(z.strictObject({ before: Instant, endings: z.array(Ending) })),
});
export type Forecast = z.infer<typeof Forecast>;
