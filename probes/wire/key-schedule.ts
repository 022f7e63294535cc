import { createDecipheriv, createSecretKey, hash as digest, type CipherGCMTypes, type KeyObject } from 'node:crypto';
import { suites } from './algorithms.ts';
import { Malformation, noBytes } from './bytes.ts';

type Hash = 'sha256' | 'sha384';

/** Bytes as a text of latin1, a character each. Node makes one in a third of the time of a Buffer, and a scan makes ten of them for each port. */
export type Octets = string;

/** HMAC, RFC 2104 section 2, with keys as long as the hash, as all are in the key schedule. */
interface Hmac {
  readonly hash: Hash;
  /** Of the hash, in bytes. */
  readonly length: number;
  /** Where the message is put together. */
  readonly message: Buffer;
  /** Over so many bytes of `message`. */
  readonly under: (key: Octets, messageLength: number) => Octets;
}

/** An HkdfLabel of RFC 8446 section 7.1 has at most 2 + 19 + 49 bytes here, and a counter follows it. */
const longestMessage = 96;

/** `block`: of the hash in bytes, FIPS 180-4. Two hashes at once take less than one of Node's objects for it, which the collector has to look after. */
function hmacOf(hash: Hash, block: number, length: number): Hmac {
  const inner = Buffer.alloc(block + longestMessage, 0x36);
  const outer = Buffer.alloc(block + length, 0x5c);
  const message = inner.subarray(block);
  // A view costs as much as a hash, and there are few lengths.
  const upTo = Array.from({ length: longestMessage + 1 }, (_, end) => inner.subarray(0, block + end));
  const under = (key: Octets, messageLength: number): Octets => {
    if (key.length !== length) throw new Malformation('a secret is not as long as the hash');
    for (let place = 0; place < length; place += 1) {
      const octet = key.charCodeAt(place);
      inner[place] = octet ^ 0x36;
      outer[place] = octet ^ 0x5c;
    }
    outer.write(digest(hash, upTo[messageLength] ?? noBytes, 'binary'), block, 'latin1');
    return digest(hash, outer, 'binary');
  };
  return { hash, length, message, under };
}

/** Everything here is done before anything else runs: one of each will do. */
const hmacs: Readonly<Record<Hash, Hmac>> = {
  sha256: hmacOf('sha256', 64, 32),
  sha384: hmacOf('sha384', 128, 48),
};

/** HKDF-Extract, RFC 5869 section 2.2. A secret of P-521 has 66 bytes. */
function extract(hmac: Hmac, salt: Octets, secret: Uint8Array): Octets {
  hmac.message.set(secret);
  return hmac.under(salt, secret.length);
}

/** Labels of RFC 8446 section 7.1 as they are written. */
const labels = {
  derived: Buffer.from('tls13 derived', 'latin1'),
  traffic: Buffer.from('tls13 s hs traffic', 'latin1'),
  key: Buffer.from('tls13 key', 'latin1'),
  iv: Buffer.from('tls13 iv', 'latin1'),
} as const;

/** HKDF-Expand-Label, RFC 8446 section 7.1. */
function expandLabel(
  hmac: Hmac,
  secret: Octets,
  label: keyof typeof labels,
  context: Octets,
  length: number = hmac.length,
): Octets {
  const { message } = hmac;
  const name = labels[label];
  message[0] = 0;
  message[1] = length;
  message[2] = name.length;
  message.set(name, 3);
  const end = 3 + name.length;
  message[end] = context.length;
  message.write(context, end + 1, 'latin1');
  // One block is enough: no secret, key or nonce of TLS 1.3 is longer than its hash.
  message[end + 1 + context.length] = 1;
  return hmac.under(secret, end + 2 + context.length).slice(0, length);
}

const salts = new Map<Hash, Octets>();

/** What the handshake secret is extracted with where there is no pre-shared key, RFC 8446 section 7.1: the same for every connection. */
function handshakeSalt(hmac: Hmac): Octets {
  const { hash, length } = hmac;
  const known = salts.get(hash);
  if (known !== undefined) return known;
  const early = extract(hmac, '\0'.repeat(length), Buffer.alloc(length));
  const salt = expandLabel(hmac, early, 'derived', digest(hash, '', 'binary'));
  salts.set(hash, salt);
  return salt;
}

/** What protects one direction of a TLS 1.3 handshake. */
interface TrafficKeys {
  readonly cipher: string;
  readonly key: Octets;
  readonly iv: Octets;
}

/** The keys of the server's handshake traffic, RFC 8446 section 7.3. `transcript`: the hash over ClientHello to ServerHello. */
export function serverHandshakeKeys(suite: number, secret: Buffer, transcript: Octets): TrafficKeys {
  const { hash, cipher, keyLength } = suites[suite] ?? {};
  if (hash === undefined || cipher === undefined || keyLength === undefined)
    throw new Malformation('the cipher suite is none of TLS 1.3');
  const hmac = hmacs[hash];
  const traffic = expandLabel(hmac, extract(hmac, handshakeSalt(hmac), secret), 'traffic', transcript);
  return {
    cipher,
    key: expandLabel(hmac, traffic, 'key', '', keyLength),
    iv: expandLabel(hmac, traffic, 'iv', '', nonceLength),
  };
}

/** In bytes, in all three suites of TLS 1.3. */
const nonceLength = 12;
const nonce = Buffer.alloc(nonceLength);

/** Reads the records a TLS 1.3 server sends under its handshake traffic key. RFC 8446 sections 5.2, 5.3 and 7.3. */
export class HandshakeDecryption {
  readonly #cipher: string;
  readonly #key: KeyObject;
  readonly #iv: Octets;
  #sequence = 0;

  /** `transcript`: the hash over ClientHello to ServerHello. */
  constructor(suite: number, secret: Buffer, transcript: Octets) {
    const { cipher, key, iv } = serverHandshakeKeys(suite, secret, transcript);
    this.#cipher = cipher;
    this.#key = createSecretKey(key, 'latin1');
    this.#iv = iv;
  }

  /** The content and its type. Throws `Malformation` when the record does not authenticate. */
  open(header: Buffer, payload: Buffer): { readonly type: number; readonly content: Buffer } {
    const tag = 16;
    if (payload.length < tag + 1) throw new Malformation('a protected record is too short');
    nonce.write(this.#iv, 'latin1');
    for (let octet = 0; octet < 4; octet += 1)
      nonce[11 - octet] = (nonce[11 - octet] ?? 0) ^ (this.#sequence >>> (8 * octet));
    this.#sequence += 1;
    // The three suites name AEAD ciphers with one interface; Node types each by its own name.
    const decipher = createDecipheriv(this.#cipher as CipherGCMTypes, this.#key, nonce, { authTagLength: tag });
    decipher.setAAD(header);
    decipher.setAuthTag(payload.subarray(payload.length - tag));
    try {
      const plain = decipher.update(payload.subarray(0, payload.length - tag));
      // It holds nothing back, and says whether the record is the server's.
      decipher.final();
      let end = plain.length - 1;
      while (end >= 0 && plain[end] === 0) end -= 1;
      return { type: plain[end] ?? 0, content: plain.subarray(0, Math.max(end, 0)) };
    } catch (error) {
      throw new Malformation('a protected record does not authenticate', { cause: error });
    }
  }
}
