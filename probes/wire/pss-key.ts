import { createPublicKey, type KeyObject } from 'node:crypto';

/** AlgorithmIdentifier rsaEncryption with its NULL, as Node writes it in front of every RSA key (RFC 3279 section 2.3.1). */
const rsaEncryption = Buffer.from('300d06092a864886f70d0101010500', 'hex');

/** Digests by their AlgorithmIdentifier, and their length in octets: NIST's arc 2.16.840.1.101.3.4.2. */
const hashes = {
  sha256: { identifier: Buffer.from('300d06096086480165030402010500', 'hex'), length: 32 },
  sha384: { identifier: Buffer.from('300d06096086480165030402020500', 'hex'), length: 48 },
  sha512: { identifier: Buffer.from('300d06096086480165030402030500', 'hex'), length: 64 },
} as const;
export type PssHash = keyof typeof hashes;

const known = new WeakMap<KeyObject, Map<PssHash, KeyObject>>();

/**
 * An RSA key for RSASSA-PSS alone, with this hash and a salt of its length, as TLS has it (RFC 8446 section 4.2.3). Options of each check could say the same;
 * but that options are no key Node 24 finds out by an exception of its own, which takes as long as the check.
 */
export function pssKeyOf(key: KeyObject, hash: PssHash): KeyObject {
  const ofKey = known.get(key) ?? new Map<PssHash, KeyObject>();
  known.set(key, ofKey);
  const pss = ofKey.get(hash) ?? createPublicKey({ key: restricted(key, hash), format: 'der', type: 'spki' });
  ofKey.set(hash, pss);
  return pss;
}

/** The key as SubjectPublicKeyInfo under id-RSASSA-PSS with its parameters (RFC 4055 section 3.1). */
function restricted(key: KeyObject, hash: PssHash): Buffer {
  const spki = key.export({ format: 'der', type: 'spki' });
  const bits = spki.subarray(spki.indexOf(rsaEncryption) + rsaEncryption.length);
  const { identifier, length } = hashes[hash];
  const oid = (last: number): Buffer => Buffer.from(`06092a864886f70d0101${last.toString(16).padStart(2, '0')}`, 'hex');
  const parameters = der(
    0x30,
    der(0xa0, identifier),
    der(0xa1, der(0x30, oid(8), identifier)),
    der(0xa2, Buffer.from([2, 1, length])),
  );
  return der(0x30, der(0x30, oid(10), parameters), bits);
}

/** A value of DER; its length in two octets where one does not suffice, which no RSA key of a certificate exceeds. */
function der(tag: number, ...parts: readonly Buffer[]): Buffer {
  const content = Buffer.concat(parts);
  const { length } = content;
  const header = length < 128 ? [tag, length] : [tag, 0x82, length >> 8, length & 0xff];
  return Buffer.concat([Buffer.from(header), content]);
}
