import { createDecipheriv, hash } from 'node:crypto';
import { countOf, member, membersOf, octetsOf, oidOf, readValue, tag } from '#x509/ber.ts';

/** Java asks for a number of rounds; a hostile file may ask for more than anybody waits for. Java's own default is 200 000. */
const mostRounds = 1_000_000;

const jksProtector = '1.3.6.1.4.1.42.2.17.1.1';
const pbeWithMd5AndTripleDes = '1.3.6.1.4.1.42.2.19.1';

/** A Java password as its key stores hash it: UTF-16, the high octet first. */
export function utf16(password: string): Buffer {
  return Buffer.from(password, 'utf16le').swap16();
}

/**
 * Whether a private key of a JKS or JCEKS file opens with the password. `protectedKey` is an EncryptedPrivateKeyInfo
 * (RFC 5208 section 6). The key itself is let go at once.
 */
export function opensJavaKey(protectedKey: Uint8Array, password: string): 'opened' | 'refused' | 'not-tried' {
  try {
    const [algorithm, data] = membersOf(readValue(protectedKey));
    if (algorithm === undefined || data?.tag !== tag.octetString) return 'not-tried';
    const octets = octetsOf(data);
    const oid = oidOf(member(algorithm, 0, tag.oid));
    if (oid === jksProtector) return opensJks(octets, password) ? 'opened' : 'refused';
    if (oid !== pbeWithMd5AndTripleDes) return 'not-tried';
    const [salt, rounds] = membersOf(member(algorithm, 1, tag.sequence));
    if (salt === undefined || rounds === undefined || salt.content.length !== 8) return 'not-tried';
    return opensJceks(octets, password, salt.content, countOf(rounds, mostRounds)) ? 'opened' : 'refused';
  } catch {
    // Another protection, or more rounds than anybody waits for: nothing is known of the password then.
    return 'not-tried';
  }
}

/** sun.security.provider.KeyProtector: 20 octets of salt, the key under a stream of SHA-1, 20 octets of SHA-1 over both. */
function opensJks(octets: Uint8Array, password: string): boolean {
  if (octets.length < 40) return false;
  const secret = utf16(password);
  let digest: Uint8Array = octets.subarray(0, 20);
  const sealed = octets.subarray(20, -20);
  const key = Buffer.alloc(sealed.length);
  for (let place = 0; place < sealed.length; place += 1) {
    if (place % 20 === 0) digest = hash('sha1', Buffer.concat([secret, digest]), 'buffer');
    key[place] = (sealed[place] ?? 0) ^ (digest[place % 20] ?? 0);
  }
  const isRight = hash('sha1', Buffer.concat([secret, key]), 'buffer').equals(octets.subarray(-20));
  key.fill(0);
  return isRight;
}

/** com.sun.crypto.provider.PBES1Core: MD5 over each half of the salt and the password, again and again, makes key and vector. */
function opensJceks(octets: Uint8Array, password: string, salt: Uint8Array, rounds: number): boolean {
  const secret = Buffer.from(password, 'latin1').map((octet) => octet & 0x7f);
  const [first, second] = [salt.slice(0, 4), salt.slice(4)];
  // Java means to turn equal halves around and, by an old slip that is now the format, writes its last octet twice.
  if (Buffer.from(first).equals(second)) first.set([first[3] ?? 0, first[0] ?? 0, first[1] ?? 0, first[3] ?? 0]);
  const derived = Buffer.concat(
    [first, second].map((half) => {
      let digest: Uint8Array = half;
      for (let round = 0; round < rounds; round += 1) digest = hash('md5', Buffer.concat([digest, secret]), 'buffer');
      return digest;
    }),
  );
  try {
    const decipher = createDecipheriv('des-ede3-cbc', derived.subarray(0, 24), derived.subarray(24, 32));
    const key = Buffer.concat([decipher.update(octets), decipher.final()]);
    // One wrong password in 256 leaves a padding that looks right: what comes out must be a PrivateKeyInfo as well.
    const isKey = key[0] === tag.sequence && readValue(key).encoded.length === key.length;
    key.fill(0);
    return isKey;
  } catch {
    return false;
  }
}
