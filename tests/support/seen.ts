import type { FileRole } from '#model/certificate-file.ts';
import type { BrowserName, Deployment, Machine, Thresholds } from '#model/inventory.ts';
import type { Audience, Sha256 } from '#model/names.ts';
import type { Observed, ProbeFailure, Variant } from '#model/observation.ts';
import type { Sent } from './certificates.ts';

/** How a port answered: with these certificates, not at all, in another language; or why nobody knows. */
export type Answer =
  readonly Sent[] | 'refused' | { readonly speech: Speech; readonly firstBytes: string } | ProbeFailure;
type Speech = Extract<Observed<'connection'>, { answer: 'not-tls' }>['speech'];

/** What became of a variant: this list, a protocol accepted, a group of so many bits, a refusal, or why nobody knows. */
export type VariantAnswer =
  | readonly Sent[]
  | 'accepted'
  | 'closed'
  | { readonly bits: number }
  | { readonly alert: string }
  | { readonly version: string }
  | ProbeFailure;

/** What was seen, told briefly. What is left out is as on a plain UCCX publisher that nobody trusts. */
export interface Seen {
  readonly now?: Date;
  readonly thresholds?: Partial<Thresholds>;
  /** UCCX unless said; null as for a target of the command line. */
  readonly deployment?: Deployment | null;
  /** The machine judged: `uccx1`, a UCCX publisher of release 12.5(1)SU3. */
  readonly machine?: Partial<Machine>;
  /** What port 443 presents. */
  readonly presents?: readonly Sent[];
  /** What several ports answer. */
  readonly ports?: Readonly<Record<number, Answer>>;
  /** Another machine, and how its ports answered. */
  readonly peer?: Partial<Machine> &
    Pick<Machine, 'type'> & {
      readonly answers?: Readonly<Record<number, Answer>>;
      /** The identities that its stores hold. */
      readonly identities?: Readonly<Record<string, Sent | null | ProbeFailure>>;
    };
  /** Links that have TLS here, of those that have it only where somebody set it up. */
  readonly secured?: readonly string[];
  /** The protocol version that 443 picked from the usual offer, or why there was none. */
  readonly picked?: string | ProbeFailure;
  /** What became of the variants asked at 443; those left out were not asked. */
  readonly variants?: Partial<Readonly<Record<Variant, VariantAnswer>>>;
  /** What 443 asks of its clients. */
  readonly clientCertificate?: Observed<'client-certificate'>;
  /** What the resolver says of the machine's name. */
  readonly resolution?: Observed<'name-resolution'> | ProbeFailure;
  /** What the authorities say of what port 443 presents, in its order. */
  readonly revocation?: readonly Observed<'revocation'>[number]['answer'][];
  /** The clock that port 443 tells. */
  readonly clock?: Observed<'clock'> | ProbeFailure;
  /** The machine's tomcat-trust. */
  readonly holds?: readonly Sent[] | ProbeFailure;
  /** Of Windows: intermediates beside them, in the store CA. */
  readonly completes?: readonly Sent[];
  /** What the stores of the machine hold as identities, by name; null where the store has none. */
  readonly identities?: Readonly<Record<string, Sent | null | ProbeFailure>>;
  /** What is bound, by identity: the port, the certificate, whether the store has it, and what DiagFwCertMgr noted. */
  readonly bindings?: Readonly<Record<string, SeenBinding | ProbeFailure>>;
  /** The key store of Java that the machine uses. */
  readonly keyStore?: Uint8Array | ProbeFailure;
  /** The page on 443 through the eyes of the first client. */
  readonly page?: Observed<'browser-page'> | ProbeFailure;
  readonly clients?: readonly {
    readonly anchors?: readonly Sent[];
    readonly accepted?: readonly Sent[];
    readonly audiences?: readonly Audience[];
    readonly public?: true;
    /** Why the rest of what it trusts is not known. */
    readonly unread?: ProbeFailure;
    readonly browser?: BrowserName;
  }[];
  /** Certificates met elsewhere in the run. */
  readonly known?: readonly Sent[];
  /** Files given to `uccert check`, meant for the machine; `as` checked unless said. */
  readonly files?: readonly { readonly content: Uint8Array | string; readonly as?: FileRole }[];
  /** Of those files: the certificate purpose, the names, and the password of key stores. */
  readonly unit?: string;
  /** The requests that wait on the machine, DER by purpose; null where none waits. */
  readonly waiting?: Readonly<Record<string, Uint8Array | null | ProbeFailure>>;
  readonly names?: readonly string[];
  readonly password?: string;
}

export interface SeenBinding {
  readonly port: number;
  readonly bound: Sent | null;
  readonly isHeld?: false;
  readonly noted?: string;
}

/** Puts certificates into the book of the case, and gives the digest of each. */
export type Held = (list?: readonly Sent[]) => Sha256[];
