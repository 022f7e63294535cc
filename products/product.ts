import type { Audience, MachineType } from '#model/names.ts';
import type { Sources } from '#model/source.ts';
import type { ReleaseRange } from './release.ts';

/** One TLS port of a product. */
export interface Listener {
  readonly port: number;
  /** What answers there, in Cisco's words. */
  readonly title: string;
  /** The service whose restart makes the port take up a new certificate, as the CLI spells it. */
  readonly service: string;
  /** The identity (certificate purpose) it presents, or null where no document says which. */
  readonly presents: string | null;
  readonly audiences: readonly [Audience, ...Audience[]];
  /** The protocol that the connection begins in before TLS; TLS at once unless said. */
  readonly opening?: 'xmpp';
  /** Path a browser opens first, where people open the port. */
  readonly page?: string;
  /** Releases that have the port. */
  readonly releases?: ReleaseRange;
  /** Releases in which it is closed unless switched on, and the reason: closed is then no fault. */
  readonly optional?: ReleaseRange & { readonly because: string };
  readonly sources: Sources;
}

/** A service to restart, and what stops meanwhile. */
export interface Restart {
  readonly service: string;
  readonly outage: string;
}

/** What a product's documents say to restart after a change. */
export interface RestartRecipe {
  readonly services: readonly [Restart, ...Restart[]];
  readonly sources: Sources;
}

/** How uccert gets onto the machine. */
export type Platform = 'vos' | 'windows' | 'none';

/** What Cisco documents about one kind of machine. Data: every claim with its source. */
export interface Product {
  readonly id: string;
  readonly title: string;
  readonly machineTypes: readonly [MachineType, ...MachineType[]];
  readonly platform: Platform;
  readonly listeners: readonly Listener[];
  /**
   * Releases that may present an ECDSA certificate beside the RSA one or in its place, from the same ports. Left out where no document that was read says so.
   */
  readonly ecdsa?: { readonly releases: readonly [ReleaseRange, ...ReleaseRange[]]; readonly sources: Sources };
  /** Identity stores by certificate purpose, and the trust store that goes with each. */
  readonly stores: readonly { readonly identity: string; readonly trust: string }[];
  /** After the identity certificate changed: the services, in order. */
  readonly afterIdentityChange?: RestartRecipe;
  /** After the trust store changed. */
  readonly afterTrustChange?: RestartRecipe;
  /** What is worth knowing before the first scan, one line each. */
  readonly notes: readonly string[];
  readonly sources: Sources;
}
