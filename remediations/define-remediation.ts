import type { PresentFinding, Subject } from '#model/finding.ts';
import type { Authority, InventorySnapshot, Machine } from '#model/inventory.ts';
import type { ClientId, MachineId, Sha256 } from '#model/names.ts';
import type { Target } from '#model/plan.ts';
import type { Step } from '#model/step.ts';
import type { Sources } from '#model/source.ts';
import type { FaultId } from '#faults/index.ts';
import { productOf } from '#products/index.ts';
import { shownBy, type Link } from '#products/links.ts';
import type { ProductId } from '#products/product.ts';
import type { Certificate } from '#x509/certificate.ts';

/** What is known when a plan is made: the run, and the stores read for it. */
export interface PlanningFacts {
  readonly inventory: InventorySnapshot;
  /** Whether services are restarted one by one, or whole machines, as some guides say. */
  readonly restart: 'services' | 'machines';
  /** When the run was judged. */
  readonly judgedAt: Date;
  machine(id: MachineId): Machine;
  /** A certificate of the run or of a store; null where it is not known or cannot be read. */
  certificate(digest: Sha256): Certificate | null;
  /** SHA-256 of the identity a machine's own store holds, or null where the store could not be read. */
  identity(machine: MachineId, unit: string): Sha256 | null;
  /** The unit whose identity this certificate is, or null. */
  unitOf(machine: MachineId, identity: Sha256): string | null;
  /** What Windows has bound for an identity, its thumbprint null where nothing is, and the one that the registry notes; null where it is not known. */
  binding(
    machine: MachineId,
    unit: string,
  ): { readonly thumbprint: string | null; readonly certificate: Sha256 | null; readonly noted: string | null } | null;
  /** SHA-256 of the request that waits on the machine for its reply, or null. */
  request(machine: MachineId, unit: string): Sha256 | null;
  /** What a trust store of the machine holds, or null where it could not be read. */
  trusted(machine: MachineId, store: string): readonly Sha256[] | null;
  /** Under which names a trust store holds a certificate; none where it could not be read. */
  entriesOf(machine: MachineId, store: string, certificate: Sha256): readonly string[];
  /** The keys of a key store, each with its alias and its certificates, its own first; none where it could not be read. */
  keysOf(machine: MachineId, store: string): readonly KeyEntry[];
  /** Ports of the machine that were seen to speak TLS. */
  openPorts(machine: MachineId): readonly number[];
  /** Ports of the machine that are documented to present the unit and were seen to speak TLS. */
  portsPresenting(machine: MachineId, unit: string): readonly number[];
  /** SHA-256 of the end entity certificate a port was seen to present, or null. */
  presented(machine: MachineId, port: number): Sha256 | null;
  /** The version of TLS that a port chose when it was offered all, or null. */
  protocol(machine: MachineId, port: number): string | null;
  /** Documented links in which the machine is the presenter, with the other end. */
  reliedOnBy(machine: MachineId): readonly Link<Machine>[];
  /** Client profiles that were found to trust what a port of the machine presents. */
  trustedBy(machine: MachineId): readonly ClientId[];
  /** The same of one port, as targets: what stays well where it is well. */
  clientTrust(machine: MachineId, port: number): readonly Target[];
  /** The list of single certificates of a profile, or null where the inventory names none. */
  acceptedFile(client: ClientId): string | null;
  /** The certification authority that answers the machine's requests, or null where the inventory names none. */
  authorityOf(machine: Machine): Authority | null;
}

/** A key of a key store. */
export interface KeyEntry {
  readonly alias: string;
  readonly chain: readonly Sha256[];
}

/** The peculiar part of a change: what to do to whom. The rest of it is put around by the planner. */
export interface Draft {
  readonly title: string;
  readonly steps: readonly Step[];
  /** Which findings of the group it clears, where that is not all of them. */
  readonly clears?: readonly PresentFinding[];
  /** Why others of the group are left, each in words. */
  readonly left?: Left;
  /** Certificates that nobody presents or holds any more afterwards: whatever was found about them is cleared with them. */
  readonly replaces: readonly Sha256[];
  /** What the change could break and must be well afterwards. */
  readonly keeps: readonly Target[];
  /** What cannot be taken back, in words. */
  readonly irreversible: readonly string[];
  /** What it brings with it and is found afterwards, in words. */
  readonly brings?: readonly string[];
}

/** Why there is no change, in words. */
export interface Declined {
  readonly declined: string;
  /** Where the reasons differ. */
  readonly left?: Left;
}

/** Findings that a remediation leaves alone, each with the reason. */
export type Left = ReadonlyMap<PresentFinding, string>;

/** Findings of one machine that one remediation clears together. */
export interface Group {
  readonly machine: Machine;
  readonly findings: readonly PresentFinding[];
}

/** One documented fix. */
export interface Remediation<Id extends string = string> {
  /** Imperative; also the file name and the page name. */
  readonly id: Id;
  readonly title: string;
  /** What it does and what it costs, two or three sentences. */
  readonly describes: string;
  readonly fixes: readonly [FaultId, ...FaultId[]];
  /** Products whose machines it changes. */
  readonly on: readonly [ProductId, ...ProductId[]];
  readonly sources: Sources;
  /** The change for a group; in words why there is none; null where another remediation is meant for such a machine. Pure. */
  readonly plan: (group: Group, facts: PlanningFacts) => Draft | Declined | null;
}

/** Declares a remediation; the id is kept as a literal. */
export function defineRemediation<const Id extends string>(remediation: Remediation<Id>): Remediation<Id> {
  return remediation;
}

/** Whether the remediation changes machines of this type. */
export function isFor({ on }: Pick<Remediation, 'on'>, { type }: Pick<Machine, 'type'>): boolean {
  return on.includes(productOf(type).id);
}

/** The trust of one machine in another, as a target. */
export function trustTarget(link: Link<Machine>): Target {
  const { relation, relyingParty, presenter } = link;
  const ends = { relyingParty: relyingParty.id, presenter: presenter.id };
  const subject: Subject = { scope: 'trust-relation', ...ends, store: relation.store, ...shownBy(link) };
  return { fault: 'peer-not-trusted' satisfies FaultId, subject };
}
