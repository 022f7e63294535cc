import { z } from 'zod';
import { sha256 } from './digest.ts';
import { Subject } from './finding.ts';
import { ClientId, Instant, MachineId, Port, Sha256 } from './names.ts';

const on = { on: MachineId };

/** The closed list of things uccert may do. A new kind needs an action in remediations/actions/. */
export const stepKinds = [
  'generate-request',
  'obtain-reply',
  'import-certificate',
  'remove-certificate',
  'regenerate-certificate',
  'generate-key-pair',
  'back-up-store',
  'bind-certificate',
  'unbind-certificate',
  'set-option',
  'restart-service',
  'restart-machine',
  'write-file',
  'wait-for',
  'ask-operator',
] as const;
export const StepKind = z.enum(stepKinds);
export type StepKind = z.infer<typeof StepKind>;

/** Which certificate a step carries: one known when the plan was made, or the one an earlier step of it brings forth. */
export const CertificateReference = z.discriminatedUnion('from', [
  z.strictObject({ from: z.literal('plan'), sha256: Sha256 }),
  z.strictObject({ from: z.literal('identity-store'), machine: MachineId, unit: z.string() }),
]);
export type CertificateReference = z.infer<typeof CertificateReference>;

/** One thing to do. Kinds that no action carries out yet are absent here, so a plan cannot hold them. */
export const Step = z.discriminatedUnion('do', [
  /** `set cert regen UNIT` on a VOS machine: a new key pair and a new self-signed certificate. */
  z.strictObject({ do: z.literal('regenerate-certificate'), ...on, unit: z.string(), replaces: Sha256 }),
  /** A certificate into a trust store. */
  z.strictObject({
    do: z.literal('import-certificate'),
    ...on,
    store: z.string(),
    certificate: CertificateReference,
    /** Whose certificate it is, for people. */
    of: MachineId,
  }),
  /** A service stopped and started; `outage` says in words what stops meanwhile. */
  z.strictObject({ do: z.literal('restart-service'), ...on, service: z.string(), outage: z.string() }),
  /** Until every port named presents the identity that the machine's own store holds. */
  z.strictObject({
    do: z.literal('wait-for'),
    ...on,
    ports: z.array(Port),
    unit: z.string(),
    /** Seconds. */
    atMost: z.int(),
  }),
  /** A certificate into the list of single certificates a client profile accepts. */
  z.strictObject({
    do: z.literal('write-file'),
    client: ClientId,
    path: z.string(),
    certificate: CertificateReference,
    /** The certificate whose place it takes, or null. */
    replaces: Sha256.nullable(),
  }),
]);
export type Step = z.infer<typeof Step>;

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
  reversible: z.boolean(),
  /** What cannot be taken back and why, in words; empty where all can. */
  irreversible: z.array(z.string()),
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
  notCovered: z.array(z.strictObject({ ...Target.shape, because: z.string() })),
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
