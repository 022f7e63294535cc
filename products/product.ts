import type { Severity } from '#model/finding.ts';
import type { Audience, MachineType } from '#model/names.ts';
import type { Sources } from '#model/source.ts';
import type { ReleaseRange } from './release.ts';

/** One TLS port of a product. */
export interface Listener {
  readonly port: number;
  /** What answers there, in Cisco's words. */
  readonly title: string;
  /** The service whose restart makes the port take up a new certificate, as the CLI or Windows spells it. */
  readonly service: string;
  /** The identity it presents, one of the product's `stores`, or null where no document says which. */
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
  /** The way to restart it, where it is not that of the platform: `utils service restart`, or the services of Windows. */
  readonly how?: string;
  /** What service-controller.bat of CVP calls it, which lets calls end before it stops. */
  readonly graceful?: 'callserver' | 'reportingserver';
}

/** What a product's documents say to restart after a change. */
export interface RestartRecipe {
  readonly services: readonly [Restart, ...Restart[]];
  readonly sources: Sources;
  /** What another document says instead. The services come first; this, where the new state does not show after them. */
  readonly otherwise?: { readonly what: string; readonly sources: Sources };
}

/** An identity of a product, and the trust store of those who connect under it. */
export interface IdentityStore {
  /** Certificate purpose of a VOS machine, alias of a key store, or what a Windows machine binds. */
  readonly identity: string;
  readonly trust: string;
  /** Where the identity lies. Left out: where Unified OS Administration keeps it. */
  readonly keptIn?: KeptIn;
  /** Where the trust store lies, by release, where documents name a file. */
  readonly trustFiles?: readonly { readonly releases?: ReleaseRange; readonly path: string }[];
}

export type KeptIn =
  | { readonly by: 'java-key-store'; readonly format: 'JCEKS'; readonly path: string }
  | { readonly by: 'windows-store'; readonly path: string }
  | { readonly by: 'pem-files'; readonly path: string };

/** What the documents of some releases say of long RSA keys. */
export interface KeyLengthRule {
  readonly releases: ReleaseRange;
  /** The longest RSA key, in bits, that every document of these releases allows. */
  readonly longest: number;
  /** How bad a longer one is, and why. */
  readonly severity: Severity;
  readonly because: string;
  readonly sources: Sources;
}

/** A link with mutual TLS that the product opens: it shows its own certificate there as a client. */
export interface MutualTls {
  /** The identity that it shows. */
  readonly identity: string;
  /** The other side, in words. */
  readonly to: string;
  readonly releases?: ReleaseRange;
  /** Whether the link is secured as installed, or only where an administrator said so. */
  readonly isSecured: 'as installed' | 'where set up';
  readonly sources: Sources;
}

/** How uccert gets onto the machine. */
export type Platform = 'vos' | 'windows' | 'none';

/** A product, as faults and remediations name what they are about. */
export type ProductId =
  | 'uccx'
  | 'ccp'
  | 'cucm'
  | 'mediasense'
  | 'finesse'
  | 'cuic'
  | 'live-data'
  | 'ids'
  | 'cvvb'
  | 'cloud-connect'
  | 'cvp'
  | 'cvp-reporting'
  | 'cvp-oamp'
  | 'cce-central-controller'
  | 'cce-pg'
  | 'cce-aw'
  | 'ece'
  | 'tls-server';

/** What Cisco documents about one kind of machine. Data: every claim with its source. */
export interface Product {
  readonly id: ProductId;
  readonly title: string;
  readonly machineTypes: readonly [MachineType, ...MachineType[]];
  readonly platform: Platform;
  /** Ports that speak TLS. One that speaks without it as installed is left out: a ClientHello would only disturb its peer. The notes name it. */
  readonly listeners: readonly Listener[];
  /**
   * Releases that may present an ECDSA certificate beside the RSA one or in its place, from the same ports. Left out where no document that was read says so.
   */
  readonly ecdsa?: {
    readonly releases: readonly [ReleaseRange, ...ReleaseRange[]];
    /** Releases that the documents say work with RSA only. */
    readonly without?: ReleaseRange;
    readonly sources: Sources;
  };
  /** Left out where no document that was read limits the length of RSA keys. */
  readonly rsaKeys?: readonly KeyLengthRule[];
  /** Links on which the product is the client of mutual TLS. Left out where no document that was read has one. */
  readonly mutualTls?: readonly MutualTls[];
  /** The identities, and the trust store that goes with each. */
  readonly stores: readonly IdentityStore[];
  /** After the identity certificate changed: the services, in order. */
  readonly afterIdentityChange?: RestartRecipe;
  /** After the trust store changed. */
  readonly afterTrustChange?: RestartRecipe;
  /** After a trust store changed that no file is: the certificate stores of Windows, which other services read. Left out where no document says which. */
  readonly afterTrustChangeIn?: Readonly<Record<string, RestartRecipe>>;
  /** What is worth knowing before the first scan, one line each. */
  readonly notes: readonly string[];
  readonly sources: Sources;
}
