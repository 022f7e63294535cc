import * as z from 'zod';
import { sha256 } from './digest.ts';
import { Subject } from './finding.ts';
import { Instant, Sha256 } from './names.ts';
import { Step } from './step.ts';

/** A fault a plan is to clear, with the subject it was found at. */
export const Target = z.strictObject({ fault: z.string(), subject: Subject });
export type Target = z.infer<typeof Target>;

/** A remediation of one cause: its steps in order. */
export const Change = z.strictObject({
  remediation: z.string(),
  title: z.string(),
  /** Found present; must be absent afterwards. */
  targets: z.array(Target).min(1),
  /** Not found, and must be absent afterwards too: what the change itself could break. */
  keeps: z.array(Target),
  steps: z.array(Step).min(1),
  /** What it needs besides and several changes do once: steps of other changes, by their places, from nought. Plans of before do not have it. */
  needs: z.array(z.strictObject({ change: z.int().min(0), step: z.int().min(0) })).optional(),
  reversible: z.boolean(),
  /** What cannot be taken back and why, in words; empty where all can. */
  irreversible: z.array(z.string()),
  /** What the documented way brings with it and is found afterwards, in words, where that is something. */
  brings: z.array(z.string()).optional(),
});
export type Change = z.infer<typeof Change>;

export const planFormat = 1;

/** Changes bound by digest to the observations they were made from. Apply refuses when a fresh look gives another digest. */
export const Plan = z.strictObject({
  format: z.literal(planFormat),
  id: z.string(),
  madeAt: Instant,
  /** The run it was made from. */
  run: z.string(),
  /** The inventory it was made with, an absolute path. */
  inventory: z.string(),
  /** SHA-256 over `basis`: the certificates seen and held on every machine the plan touches. */
  basedOn: Sha256,
  /** The facts the digest covers, one line each, so that a refusal can name what moved. */
  basis: z.array(z.string()),
  changes: z.array(Change).min(1),
  /** Findings that no remediation of this version covers. */
  notCovered: z.array(
    z.strictObject({
      ...Target.shape,
      because: z.string(),
      /** What to do by hand in this very case, where that is another than the advice of the fault. */
      todo: z.string().optional(),
    }),
  ),
  /** What its steps need and what could not be reached when it was made: each in words, and why. */
  unreached: z.array(z.strictObject({ what: z.string(), because: z.string() })),
  /** Base64 DER of every certificate the steps name. */
  certificates: z.record(Sha256, z.base64()),
  /** SHA-256 over everything above, as `planDigest` computes it: a plan that was edited is no longer the one that was made. */
  digest: Sha256,
});
export type Plan = z.infer<typeof Plan>;

/** How an apply ended. */
export const Outcome = z.discriminatedUnion('status', [
  z.strictObject({ status: z.literal('verified') }),
  z.strictObject({ status: z.literal('rolled-back'), because: z.string() }),
  z.strictObject({ status: z.literal('stranded'), because: z.string(), left: z.array(z.string()), next: z.string() }),
]);
export type Outcome = z.infer<typeof Outcome>;

/** A plan carried out, as the run after it keeps it. */
export const Applied = z.strictObject({ plan: Plan, outcome: Outcome, startedAt: Instant, finishedAt: Instant });
export type Applied = z.infer<typeof Applied>;

/** The digest of a plan: over its JSON with the keys sorted, the digest itself left out. */
export function planDigest(plan: Omit<Plan, 'digest'>): Sha256 {
  const sorted = (_key: string, value: unknown): unknown =>
    typeof value === 'object' && value !== null && !Array.isArray(value)
      ? Object.fromEntries(Object.entries(value).sort(([left], [right]) => (left < right ? -1 : 1)))
      : value;
  return sha256(JSON.stringify({ ...plan, digest: undefined }, sorted));
}
