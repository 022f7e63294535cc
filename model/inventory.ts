import * as z from 'zod';
import { KnownProblem } from './known-problem.ts';
import { Audience, ClientId, MachineId, MachineType, Port, Sha256 } from './names.ts';
import { ProbeFailure } from './observation.ts';

/** Deployment kinds. */
export const deployments = ['UCCX', 'PCCE', 'UCCE'] as const;
export const Deployment = z.enum(deployments);
export type Deployment = z.infer<typeof Deployment>;

/** How the operator means the machine's certificates to be: what is a fault on one deployment is as intended on another. */
export const CertificateKind = z.enum(['self-signed', 'ca-signed']);
export type CertificateKind = z.infer<typeof CertificateKind>;

/** One machine as a run knows it: the inventory's entry with the defaults filled in. No credentials, ever. */
export const Machine = z.strictObject({
  id: MachineId,
  type: MachineType,
  /** The name people and machines use; null only for a target given by address. */
  fqdn: z.string().nullable(),
  /** Release as Cisco writes it, `12.5(1)SU2`; null where unknown. */
  release: z.string().nullable(),
  /** Address to connect to instead of resolving the name. */
  address: z.string().nullable(),
  certificates: CertificateKind.nullable(),
  /** Ports to probe: the product's own, as the inventory changes them. */
  ports: z.array(Port),
  /** Products that are co-resident on it. */
  beside: z.array(MachineType).optional(),
  /** Customers reach it from the internet: then only the authorities that every PC knows serve. */
  external: z.literal(true).optional(),
  /** The name by which the Operations Console of CVP has it. */
  oampName: z.string().optional(),
  /** Which certification authority answers its requests. */
  authority: z.string().optional(),
  /** Where a port is reached when not at its own number: port to `address:port`. */
  connect: z.record(z.string(), z.string()),
});
export type Machine = z.infer<typeof Machine>;

/** What people browse with. */
export const BrowserName = z.enum(['chromium', 'chrome', 'edge', 'firefox']);
export type BrowserName = z.infer<typeof BrowserName>;

/** Whose eyes trust is judged by: a PC profile with its anchors, and single certificates it accepted. */
export const Client = z.strictObject({
  id: ClientId,
  anchors: z.array(Sha256),
  accepted: z.array(Sha256),
  audiences: z.array(Audience),
  /** Its anchors are public authorities: those that any PC in the world has. */
  public: z.literal(true).optional(),
  /** Why the store of its browser was not read: what it trusts beside the certificates listed is then not known. */
  unread: ProbeFailure.optional(),
  /** What it browses with; whatever of the family of Chromium there is, unless said. */
  browser: BrowserName.optional(),
});
export type Client = z.infer<typeof Client>;

/** A certification authority as a run knows it: what it issues from, never how it is asked. */
export const Authority = z.strictObject({
  id: z.string(),
  kind: z.enum(['manual', 'local', 'adcs', 'acme']),
  /** Its root and intermediates, in the order of the file. */
  chain: z.array(Sha256),
  public: z.literal(true).optional(),
  /** Requests for it name nothing: it writes other names than it was asked for. */
  changesNames: z.literal(true).optional(),
});
export type Authority = z.infer<typeof Authority>;

/** Limits that decide verdicts. */
export const Thresholds = z.strictObject({
  /** Days before notAfter from which a certificate counts as expiring. */
  expiringDays: z.int().min(1),
  /** The most of its validity period that a certificate counts as expiring: 30 days are most of the life of one that has 47. */
  expiringShare: z.number().positive().max(1),
});
export type Thresholds = z.infer<typeof Thresholds>;

/** The inventory as a run keeps it, so that the run can be judged again anywhere. */
export const InventorySnapshot = z.strictObject({
  /** File it came from, or null for targets given on the command line. */
  file: z.string().nullable(),
  deployment: Deployment.nullable(),
  release: z.string().nullable(),
  machines: z.array(Machine),
  clients: z.array(Client),
  /** Links that have TLS only where somebody set it up, and that have it here: ids of relations. */
  secured: z.array(z.string()).optional(),
  authorities: z.array(Authority).optional(),
  /** Problems that people know of, which decide nothing until their day. */
  known: z.array(KnownProblem).optional(),
  thresholds: Thresholds,
});
export type InventorySnapshot = z.infer<typeof InventorySnapshot>;
