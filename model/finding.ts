import * as z from 'zod';
import { ClientId, MachineId, Port, Sha256 } from './names.ts';
import { observationKinds, ProbeFailure } from './observation.ts';
import { severities } from './vocabulary.ts';

export const Severity = z.enum(severities);
export type Severity = z.infer<typeof Severity>;

const client = { client: ClientId.optional() };

/** How a certificate is shown on a link where nobody can look: by a client, or at a port that is not probed. */
export const Unprobed = z.enum(['as-client', 'at-unprobed-port']);
export type Unprobed = z.infer<typeof Unprobed>;

const trustRelation = {
  scope: z.literal('trust-relation'),
  relyingParty: MachineId,
  store: z.string(),
  presenter: MachineId,
  ...client,
};

const subjects = [
  z.strictObject({
    scope: z.literal('endpoint'),
    machine: MachineId,
    port: Port,
    address: z.string().nullable(),
    serverName: z.string().nullable(),
    /** The page, where the finding is about one of several at the port. */
    page: z.string().optional(),
    ...client,
  }),
  z.strictObject({ scope: z.literal('machine'), machine: MachineId, ...client }),
  z.strictObject({ scope: z.literal('name'), machine: MachineId, name: z.string(), ...client }),
  z.strictObject({
    scope: z.literal('store'),
    machine: MachineId,
    store: z.string(),
    alias: z.string().optional(),
    ...client,
  }),
  /** `entry`: the alias of a key store, or the place among the certificates of the file, where it holds several. */
  z.strictObject({ scope: z.literal('file'), path: z.string(), entry: z.string().optional(), ...client }),
] as const;

/** What a finding is about. */
export const Subject = z.union([
  z.discriminatedUnion('scope', subjects),
  /** `port`: of the presenter, opened by the relying party. */
  z.strictObject({ ...trustRelation, port: Port }),
  /** `identity`: what the presenter shows, as its own store names it. */
  z.strictObject({ ...trustRelation, presents: Unprobed, identity: z.string() }),
]);
export type Subject = z.infer<typeof Subject>;

/** Evidence that was asked for and not obtained. */
export const Missing = z.strictObject({
  kind: z.enum(observationKinds),
  /** Where it was looked for, in words: `uccx1:8445`, `tomcat-trust of ccp`. */
  of: z.string(),
  failure: z.union([ProbeFailure, z.literal('not-probed')]),
});
export type Missing = z.infer<typeof Missing>;

/** What was decided about one fault at one subject. Could not look is not absent. */
export const Verdict = z.discriminatedUnion('status', [
  z.strictObject({
    status: z.literal('present'),
    severity: Severity,
    /** What was seen, one sentence. */
    because: z.string(),
    /** The evidence, as label and value, in reading order. */
    evidence: z.array(z.strictObject({ label: z.string(), value: z.string() })),
    /** The certificate at fault, where the fault is about one. */
    certificate: Sha256.optional(),
    /** What to do in this very case, where that is less than the advice of the fault, which is for every case. */
    advice: z.string().optional(),
    /** What people see in this very case, where that is not what the fault says for every case. */
    symptom: z.string().optional(),
    /** What is behind it, where several certificates may share that: findings of one fault and cause are one problem. */
    cause: z.string().optional(),
    /** The line for it in this very case, where that of the fault says more than was seen. */
    title: z.string().optional(),
    /** The key of the finding behind it, where this is but what people see of that one: both are one problem. */
    symptomOf: z.string().optional(),
    /** Of a page: what its machine asks before it can show it, with what that presents, as `8443 on cucm1, which presents …`. */
    asks: z.array(z.string()).min(1).optional(),
  }),
  z.strictObject({ status: z.literal('absent') }),
  z.strictObject({ status: z.literal('not-applicable'), because: z.string() }),
  z.strictObject({ status: z.literal('inconclusive'), missing: z.array(Missing).min(1) }),
]);
export type Verdict = z.infer<typeof Verdict>;
export type Status = Verdict['status'];
export type Present = Extract<Verdict, { status: 'present' }>;

export const Finding = z.strictObject({ fault: z.string(), subject: Subject, verdict: Verdict });
export type Finding = z.infer<typeof Finding>;
export type PresentFinding = Finding & { verdict: Present };
