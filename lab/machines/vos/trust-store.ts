import type { X509Certificate } from 'node:crypto';
import { commonNameOf } from '../../authority.ts';

/** What became of a certificate that was offered to a trust store. */
export type Imported = 'stored' | 'kept-newer' | 'expired' | 'key-too-short';

/** Shorter RSA keys are refused (Unity Connection Single Inbox, 116001: a certificate with 1024 bits). */
const shortestKey = 2048;

/** The file a trust certificate is kept in: blanks become underscores, as in listings of public code. */
export function fileNameOf(certificate: X509Certificate): string {
  return `${commonNameOf(certificate).replaceAll(/[ /]/g, '_')}.pem`;
}

/** Whether the key of a certificate is too short for any store of a VOS machine. */
export function isKeyTooShort(certificate: X509Certificate): boolean {
  const { modulusLength } = certificate.publicKey.asymmetricKeyDetails ?? {};
  return modulusLength !== undefined && modulusLength < shortestKey;
}

/** One trust store of a VOS machine, for example tomcat-trust: file name to certificate. */
export class TrustStore {
  readonly #entries = new Map<string, X509Certificate>();

  /** In the order the CLI lists them. */
  get entries(): readonly (readonly [file: string, certificate: X509Certificate])[] {
    return [...this.#entries].sort(([left], [right]) => (left < right ? -1 : left > right ? 1 : 0));
  }

  get certificates(): readonly X509Certificate[] {
    return this.entries.map(([, certificate]) => certificate);
  }

  get(file: string): X509Certificate | undefined {
    return this.#entries.get(file);
  }

  /**
   * As an upload does it: one certificate for each common name, of which the newer notBefore wins; an expired one is
   * refused (Security Guide for Cisco Unified Communications Manager, certificate monitoring and upload).
   */
  import(certificate: X509Certificate, now: Date): Imported {
    if (isKeyTooShort(certificate)) return 'key-too-short';
    if (certificate.validToDate < now) return 'expired';
    const held = this.#entries.get(fileNameOf(certificate));
    if (held !== undefined && held.validFromDate > certificate.validFromDate) return 'kept-newer';
    this.put(certificate);
    return 'stored';
  }

  /** Puts a certificate there whatever the rules say today: time has passed since it was uploaded. */
  put(certificate: X509Certificate): void {
    this.#entries.set(fileNameOf(certificate), certificate);
  }

  delete(file: string): boolean {
    return this.#entries.delete(file);
  }

  /** Makes the store hold exactly these. */
  replaceAll(certificates: Iterable<X509Certificate>): void {
    this.#entries.clear();
    for (const certificate of certificates) this.put(certificate);
  }
}
