import { createCipheriv, createDecipheriv, createPrivateKey, hash, randomBytes, type KeyObject } from 'node:crypto';
import { countOf, member, membersOf, octetsOf, readValue, tag } from '#x509/ber.ts';

/** pbeWithMD5AndTripleDES of com.sun.crypto.provider, 1.3.6.1.4.1.42.2.19.1, in DER. */
const pbeWithMd5AndTripleDes = Buffer.from('06092b060104012a021301', 'hex');

/** Rounds of Java before 8u291; later ones write 200 000, which would cost the start of a lab half a second for each key. */
const ownRounds = 20;
const mostRounds = 1_000_000;

function derOf(tagOctet: number, ...parts: readonly Uint8Array[]): Buffer {
  const content = Buffer.concat(parts);
  const { length } = content;
  const size = length < 128 ? [length] : length < 256 ? [0x81, length] : [0x82, length >> 8, length & 255];
  return Buffer.concat([Buffer.from([tagOctet, ...size]), content]);
}

/** com.sun.crypto.provider.PBES1Core: key and vector are MD5 over each half of the salt and the password, round after round. */
function derived(password: string, salt: Buffer, rounds: number): Buffer {
  const secret = Buffer.from(password, 'latin1');
  return Buffer.concat(
    [salt.subarray(0, 4), salt.subarray(4, 8)].map((half) => {
      let digest: Buffer = half;
      for (let round = 0; round < rounds; round += 1) digest = hash('md5', Buffer.concat([digest, secret]), 'buffer');
      return digest;
    }),
  );
}

/** A private key as a JCEKS file holds it: EncryptedPrivateKeyInfo of RFC 5208. */
export function sealKey(key: KeyObject, password: string): Buffer {
  const salt = randomBytes(8);
  const secret = derived(password, salt, ownRounds);
  const cipher = createCipheriv('des-ede3-cbc', secret.subarray(0, 24), secret.subarray(24));
  const sealed = Buffer.concat([cipher.update(key.export({ type: 'pkcs8', format: 'der' })), cipher.final()]);
  const parameters = derOf(0x30, derOf(0x04, salt), derOf(0x02, Buffer.from([ownRounds])));
  return derOf(0x30, derOf(0x30, pbeWithMd5AndTripleDes, parameters), derOf(0x04, sealed));
}

/** A private key as a JKS file holds it: sun.security.provider.KeyProtector, 1.3.6.1.4.1.42.2.17.1.1 in DER. */
export function sealKeyOfJks(key: KeyObject, password: string): Buffer {
  const secret = Buffer.from(password, 'utf16le').swap16();
  const plain = key.export({ type: 'pkcs8', format: 'der' });
  const sha1 = (...parts: readonly Buffer[]): Buffer => hash('sha1', Buffer.concat(parts), 'buffer');
  const salt = randomBytes(20);
  const hidden = Buffer.alloc(plain.length);
  let digest: Buffer = salt;
  for (let place = 0; place < plain.length; place += 1) {
    if (place % 20 === 0) digest = sha1(secret, digest);
    hidden[place] = (plain[place] ?? 0) ^ (digest[place % 20] ?? 0);
  }
  const protector = Buffer.from('060a2b060104012a02110101', 'hex');
  const sealed = Buffer.concat([salt, hidden, sha1(secret, plain)]);
  return derOf(0x30, derOf(0x30, protector, Buffer.from('0500', 'hex')), derOf(0x04, sealed));
}

/** The key, or null where the password does not open it. */
export function openKey(sealed: Uint8Array, password: string): KeyObject | null {
  try {
    const [algorithm, data] = membersOf(readValue(sealed));
    if (algorithm === undefined || data === undefined) return null;
    const [salt, rounds] = membersOf(member(algorithm, 1, tag.sequence));
    if (salt === undefined || rounds === undefined) return null;
    const secret = derived(password, Buffer.from(salt.content), countOf(rounds, mostRounds));
    const decipher = createDecipheriv('des-ede3-cbc', secret.subarray(0, 24), secret.subarray(24));
    const key = Buffer.concat([decipher.update(octetsOf(data)), decipher.final()]);
    return createPrivateKey({ key, format: 'der', type: 'pkcs8' });
  } catch {
    return null;
  }
}
