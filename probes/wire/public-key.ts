import { X509Certificate, type KeyObject } from 'node:crypto';
import { sha256 } from '#model/digest.ts';
import type { Sha256 } from '#model/names.ts';

/** Keys kept at most: a machine presents one certificate at ten ports, and who comes after it another. */
const mostKeys = 256;
const keys = new Map<Sha256, KeyObject | null>();

/** The public key of a certificate in DER, or null where the certificate or its key cannot be read. Read once while the certificate keeps coming. */
export function publicKeyOf(der: Buffer): KeyObject | null {
  const digest = sha256(der);
  const known = keys.get(digest);
  if (known !== undefined) return known;
  const key = read(der);
  const [oldest] = keys.keys();
  if (keys.size >= mostKeys && oldest !== undefined) keys.delete(oldest);
  keys.set(digest, key);
  return key;
}

function read(der: Buffer): KeyObject | null {
  try {
    return new X509Certificate(der).publicKey;
  } catch {
    // A certificate that cannot be read has no key to prove; what it is, its own fault says.
    return null;
  }
}
