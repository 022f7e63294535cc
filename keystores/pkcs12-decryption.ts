import { createDecipheriv, createHash, createHmac, getHashes, pbkdf2Sync, timingSafeEqual } from 'node:crypto';
import { countOf, member, membersOf, octetsOf, oidOf, tag, type Value } from '#x509/ber.ts';
import { utf16 } from './java-key.ts';
import { decryptRc2Cbc } from './rc2.ts';

/** More rounds than this nobody waits for; OpenSSL writes 2048, Java 10 000, Windows 2000. */
const mostRounds = 1_000_000;

/** Digest algorithms by object identifier: the name Node knows, and the block of the digest in octets. */
const digests: Readonly<Record<string, { readonly name: string; readonly block: number }>> = {
  '1.3.14.3.2.26': { name: 'sha1', block: 64 },
  '2.16.840.1.101.3.4.2.4': { name: 'sha224', block: 64 },
  '2.16.840.1.101.3.4.2.1': { name: 'sha256', block: 64 },
  '2.16.840.1.101.3.4.2.2': { name: 'sha384', block: 128 },
  '2.16.840.1.101.3.4.2.3': { name: 'sha512', block: 128 },
};

/** RFC 7292 appendix C. */
const oldSchemes: Readonly<Record<string, { readonly cipher: 'rc2' | 'des-ede3-cbc'; readonly octets: number }>> = {
  '1.2.840.113549.1.12.1.3': { cipher: 'des-ede3-cbc', octets: 24 },
  '1.2.840.113549.1.12.1.5': { cipher: 'rc2', octets: 16 },
  '1.2.840.113549.1.12.1.6': { cipher: 'rc2', octets: 5 },
};

const pbes2 = '1.2.840.113549.1.5.13';
const pbkdf2 = '1.2.840.113549.1.5.12';
const hmacs: Readonly<Record<string, string>> = {
  '1.2.840.113549.2.7': 'sha1',
  '1.2.840.113549.2.8': 'sha224',
  '1.2.840.113549.2.9': 'sha256',
  '1.2.840.113549.2.10': 'sha384',
  '1.2.840.113549.2.11': 'sha512',
};
const ciphers: Readonly<Record<string, { readonly name: string; readonly octets: number }>> = {
  '2.16.840.1.101.3.4.1.2': { name: 'aes-128-cbc', octets: 16 },
  '2.16.840.1.101.3.4.1.22': { name: 'aes-192-cbc', octets: 24 },
  '2.16.840.1.101.3.4.1.42': { name: 'aes-256-cbc', octets: 32 },
  '1.2.840.113549.3.7': { name: 'des-ede3-cbc', octets: 24 },
};

/** A scheme that is not known here: nothing is said of the password then. */
export class UnknownScheme extends Error {
  override readonly name = 'UnknownScheme';
}

function known<T>(table: Readonly<Record<string, T>>, oid: string): T {
  const entry = Object.hasOwn(table, oid) ? table[oid] : undefined;
  if (entry === undefined) throw new UnknownScheme(`the algorithm ${oid} is not known`);
  return entry;
}

/** RFC 7292 appendix B: makes `octets` of key (purpose 1), vector (2) or MAC key (3) from a password and a salt. */
export function pkcs12Key(
  purpose: 1 | 2 | 3,
  password: string,
  salt: Uint8Array,
  rounds: number,
  octets: number,
  digest: { readonly name: string; readonly block: number },
): Buffer {
  const { name, block } = digest;
  const filled = (bytes: Uint8Array): Buffer => Buffer.alloc(Math.ceil(bytes.length / block) * block, bytes);
  // The password is a BMPString with its two octets of zero at the end.
  const secret = Buffer.concat([utf16(password), Buffer.alloc(2)]);
  const input = Buffer.concat([salt.length === 0 ? Buffer.alloc(0) : filled(salt), filled(secret)]);
  const parts: Buffer[] = [];
  for (let length = 0; length < octets;) {
    let part = createHash(name).update(Buffer.alloc(block, purpose)).update(input).digest();
    for (let round = 1; round < rounds; round += 1) part = createHash(name).update(part).digest();
    parts.push(part);
    length += part.length;
    const addend = Buffer.alloc(block, part);
    for (let from = 0; from < input.length; from += block) {
      // I_j = (I_j + B + 1) mod 2^v
      let carry = 1;
      for (let place = block - 1; place >= 0; place -= 1) {
        carry += (input[from + place] ?? 0) + (addend[place] ?? 0);
        input[from + place] = carry & 0xff;
        carry >>>= 8;
      }
    }
  }
  return Buffer.concat(parts).subarray(0, octets);
}

/** Opens data under an AlgorithmIdentifier. Throws `UnknownScheme` for what is not known, another Error for a wrong password. */
export function decrypt(algorithm: Value, data: Uint8Array, password: string): Buffer {
  const [identifier, parameters] = membersOf(algorithm);
  if (identifier === undefined || parameters === undefined) throw new UnknownScheme('it has no parameters');
  const oid = oidOf(identifier);
  return oid === pbes2 ? decryptPbes2(parameters, data, password) : decryptOld(oid, parameters, data, password);
}

function decryptOld(oid: string, parameters: Value, data: Uint8Array, password: string): Buffer {
  const { cipher, octets } = known(oldSchemes, oid);
  const salt = octetsOf(member(parameters, 0, tag.octetString));
  const rounds = countOf(member(parameters, 1, tag.integer), mostRounds);
  const sha1 = { name: 'sha1', block: 64 };
  const key = pkcs12Key(1, password, salt, rounds, octets, sha1);
  const iv = pkcs12Key(2, password, salt, rounds, 8, sha1);
  if (cipher === 'rc2') return decryptRc2Cbc(key, octets * 8, iv, data);
  const decipher = createDecipheriv(cipher, key, iv);
  return Buffer.concat([decipher.update(data), decipher.final()]);
}

/** RFC 8018 section 6.2. */
function decryptPbes2(parameters: Value, data: Uint8Array, password: string): Buffer {
  const [derivation, encryption] = membersOf(parameters);
  if (derivation === undefined || encryption === undefined) throw new UnknownScheme('it has no parameters');
  if (oidOf(member(derivation, 0, tag.oid)) !== pbkdf2) throw new UnknownScheme('the key is not made by PBKDF2');
  const [salt, rounds, ...rest] = membersOf(member(derivation, 1, tag.sequence));
  if (salt?.tag !== tag.octetString || rounds === undefined) throw new UnknownScheme('PBKDF2 has no salt');
  const prf = rest.find((value) => value.tag === tag.sequence);
  // RFC 8018 appendix A.2: HMAC with SHA-1 where none is named.
  const digest = prf === undefined ? 'sha1' : known(hmacs, oidOf(member(prf, 0, tag.oid)));
  const { name, octets } = known(ciphers, oidOf(member(encryption, 0, tag.oid)));
  const key = pbkdf2Sync(password, octetsOf(salt), countOf(rounds, mostRounds), octets, digest);
  const decipher = createDecipheriv(name, key, octetsOf(member(encryption, 1, tag.octetString)));
  return Buffer.concat([decipher.update(data), decipher.final()]);
}

/** Whether the MAC over the contents is that of the password: RFC 7292 section 4. Null where the algorithm is not known. */
export function isMacRight(macData: Value, contents: Uint8Array, password: string): boolean | null {
  const [digestInfo, salt, rounds] = membersOf(macData);
  if (digestInfo === undefined || salt === undefined) return null;
  const oid = oidOf(member(member(digestInfo, 0, tag.sequence), 0, tag.oid));
  const digest = Object.hasOwn(digests, oid) ? digests[oid] : undefined;
  if (digest === undefined || !getHashes().includes(digest.name)) return null;
  const written = octetsOf(member(digestInfo, 1, tag.octetString));
  const count = rounds === undefined ? 1 : countOf(rounds, mostRounds);
  const key = pkcs12Key(3, password, octetsOf(salt), count, createHash(digest.name).digest().length, digest);
  const computed = createHmac(digest.name, key).update(contents).digest();
  return computed.length === written.length && timingSafeEqual(computed, written);
}
