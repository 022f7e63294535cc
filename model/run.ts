import * as z from 'zod';
import { BrowserView } from './browser-view.ts';
import { Finding, Severity } from './finding.ts';
import { InventorySnapshot } from './inventory.ts';
import { TrustLink } from './link.ts';
import { Instant, Sha256 } from './names.ts';
import { Observation, observationKinds } from './observation.ts';
import { Applied } from './plan.ts';
import { Source } from './source.ts';
import { runFormat } from './vocabulary.ts';

/** What is known about a fault, copied into every run so that an old run still reads after the catalogue has moved on. */
export const CatalogueEntry = z.strictObject({
  id: z.string(),
  category: z.string(),
  title: z.string(),
  titleAbsent: z.string(),
  symptom: z.string(),
  cause: z.string(),
  advice: z.string(),
  severity: Severity,
  sources: z.array(Source).min(1),
  remediations: z.array(z.string()),
});
export type CatalogueEntry = z.infer<typeof CatalogueEntry>;

/** What a command set out to learn. What was not asked has no finding. */
export const Asked = z.strictObject({
  faults: z.array(z.string()),
  kinds: z.array(z.enum(observationKinds)),
  /** What was left out and why, one line each, shown in every report. */
  notAsked: z.array(z.string()),
});
export type Asked = z.infer<typeof Asked>;

/** The one document. Reports, diff, plan and metrics are pure functions of it. */
export const Run = z.strictObject({
  format: z.literal(runFormat),
  /** UTC time to the millisecond and four hexadecimal digits, `20261122T031500123Z-9f3a`. */
  id: z.string().regex(/^\d{8}T\d{6}(\d{3})?Z-[0-9a-f]{4}$/),
  tool: z.strictObject({ name: z.literal('uccert'), version: z.string() }),
  startedAt: Instant,
  finishedAt: Instant,
  /** The time the certificates were judged at: judging again gives the same bytes. */
  judgedAt: Instant,
  /** The machine the probes ran on. */
  vantage: z.string(),
  /** The command and its arguments; never a secret. */
  command: z.array(z.string()),
  asked: Asked,
  inventory: InventorySnapshot,
  /** SHA-256 to base64 DER, each certificate once. */
  certificates: z.record(Sha256, z.base64()),
  observations: z.array(Observation),
  findings: z.array(Finding),
  catalogue: z.array(CatalogueEntry),
  /** Left out by runs in which nobody's trust was judged. */
  views: z.array(BrowserView).optional(),
  /** The documented links between machines, in runs that judged them. */
  links: z.array(TrustLink).optional(),
  /** Test accounts of the inventory, by their names there, whose passwords were refused. `replaced`: the inventory has another one of the role, which was not. */
  refusedAccounts: z
    .array(z.strictObject({ name: z.string(), user: z.string(), replaced: z.boolean().optional() }))
    .optional(),
  /** When somebody stopped the looking: what was not seen by then is inconclusive. */
  stopped: Instant.optional(),
  /** What was supposed to be otherwise than it was seen, in words; then the run tells what would be. */
  supposed: z.array(z.string()).optional(),
  remediations: z.array(Applied),
});
export type Run = z.infer<typeof Run>;
