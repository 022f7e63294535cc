import 'reflect-metadata';
import { PublicKey, X509Crl, X509CrlReason } from '@peculiar/x509';
import type { Certificate } from './certificate.ts';
import { readValue } from './ber.ts';
import { canonicalName, readName } from './distinguished-name.ts';

/** A certificate revocation list: RFC 5280 section 5. */
export interface RevocationList {
  readonly thisUpdate: Date;
  readonly nextUpdate: Date | null;
  /** Whether the list is the issuer's own: its name, and a signature by its key. Lists of other signers (indirect ones) are not. */
  readonly isOf: (issuer: Certificate) => Promise<boolean>;
  /** When and why the certificate was revoked, or null where the list does not hold it. */
  readonly entryOf: (certificate: Certificate) => { readonly at: Date; readonly reason: string } | null;
}

/** Reads a list in DER or PEM. Throws where it is none. */
export function readRevocationList(bytes: Uint8Array): RevocationList {
  const crl = new X509Crl(new Uint8Array(bytes));
  const issuerName = canonicalName(readName(readValue(new Uint8Array(crl.issuerName.toArrayBuffer()))));
  // A list may hold a million entries: they are looked through once.
  const revoked = new Map(crl.entries.map((entry) => [plain(entry.serialNumber), entry]));
  return {
    thisUpdate: crl.thisUpdate,
    nextUpdate: crl.nextUpdate ?? null,
    isOf: async (issuer) => {
      if (issuerName !== issuer.subjectName) return false;
      try {
        return await crl.verify({
          publicKey: new PublicKey(new Uint8Array(Buffer.from(issuer.subjectPublicKeyInfo, 'hex'))),
        });
      } catch {
        // An algorithm that the platform does not know proves nothing.
        return false;
      }
    },
    entryOf: ({ serialNumber }) => {
      const entry = revoked.get(plain(serialNumber));
      if (entry === undefined) return null;
      return {
        at: entry.revocationDate,
        reason: entry.reason === undefined ? 'unspecified' : X509CrlReason[entry.reason],
      };
    },
  };
}

/** Leading zeros and case differ from writer to writer. */
function plain(serialNumber: string): string {
  return serialNumber.toLowerCase().replace(/^0+(?=.)/, '');
}
