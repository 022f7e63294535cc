import type { FirefoxTrust } from './firefox-trust.ts';
import type { ClientId, Sha256 } from './names.ts';

/** A certificate that PCs are to trust. */
export interface BundleCertificate {
  /** Name of its files, without an ending: letters, digits, dots and hyphens. */
  readonly name: string;
  /** What it is, in words. */
  readonly title: string;
  readonly der: Uint8Array;
  /** An authority, trusted for what it signed; or one certificate, trusted for itself. */
  readonly trust: 'authority' | 'itself';
  /** Day on which it ends, ISO 8601. */
  readonly until: string;
  /** Whether it has ended: a browser warns of it whoever trusts it. */
  readonly isEnded: boolean;
  /** Whether it calls itself an authority: then its key can sign for any name. */
  readonly isAuthority: boolean;
  readonly sha256: Sha256;
}

/** A page that people of the profile open, without a warning once they trust the certificates. */
export interface BundlePage {
  readonly url: string;
  readonly title: string;
  readonly audiences: readonly string[];
  /** Why it may be closed, as it should be; null where it must answer. */
  readonly mayBeClosed: string | null;
}

/** What the PCs of one profile are to be given (requirement U11, by the audiences of U14). */
export interface Bundle {
  readonly client: ClientId;
  readonly audiences: readonly string[];
  readonly certificates: readonly BundleCertificate[];
  readonly firefox: FirefoxTrust;
  readonly pages: readonly BundlePage[];
}
