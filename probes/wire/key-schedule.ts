import {
  createDecipheriv,
  createHmac,
  createSecretKey,
  hash as digest,
  type CipherGCMTypes,
  type KeyObject,
} from 'node:crypto';
import { suites } from './algorithms.ts';
import { Malformation, number, vector } from './bytes.ts';

// Keys are wrapped before they are used: Node 24 takes three times as long over bare bytes, of which it first asks whether they are a key object.
function hmac(hash: string, key: Buffer, message: Uint8Array): Buffer {
  return createHmac(hash, createSecretKey(key)).update(message).digest();
}

/** RFC 5869 section 2.2. */
function extract(hash: string, salt: Buffer, secret: Buffer): Buffer {
  return hmac(hash, salt, secret);
}

/** HKDF-Expand-Label, RFC 8446 section 7.1. */
function expandLabel(hash: string, secret: Buffer, label: string, context: Buffer, length: number): Buffer {
  const info = Buffer.concat([number(length, 2), vector(1, Buffer.from(`tls13 ${label}`)), vector(1, context)]);
  let block: Buffer = Buffer.alloc(0);
  let out = Buffer.alloc(0);
  for (let counter = 1; out.length < length; counter += 1) {
    block = hmac(hash, secret, Buffer.concat([block, info, number(counter, 1)]));
    out = Buffer.concat([out, block]);
  }
  return out.subarray(0, length);
}

const salts = new Map<string, Buffer>();

/** What the handshake secret is extracted with where there is no pre-shared key, RFC 8446 section 7.1: the same for every connection. */
function handshakeSalt(hash: string): Buffer {
  const known = salts.get(hash);
  if (known !== undefined) return known;
  const empty = digest(hash, '', 'buffer');
  const zeros = Buffer.alloc(empty.length);
  const salt = expandLabel(hash, extract(hash, zeros, zeros), 'derived', empty, empty.length);
  salts.set(hash, salt);
  return salt;
}

/** What protects one direction of a TLS 1.3 handshake. */
interface TrafficKeys {
  readonly cipher: string;
  readonly key: Buffer;
  readonly iv: Buffer;
}

/** The keys of the server's handshake traffic, RFC 8446 section 7.3. `transcript`: the hash over ClientHello to ServerHello. */
export function serverHandshakeKeys(suite: number, secret: Buffer, transcript: Buffer): TrafficKeys {
  const { hash, cipher, keyLength } = suites[suite] ?? {};
  if (hash === undefined || cipher === undefined || keyLength === undefined)
    throw new Malformation('the cipher suite is none of TLS 1.3');
  const salt = handshakeSalt(hash);
  const traffic = expandLabel(hash, extract(hash, salt, secret), 's hs traffic', transcript, salt.length);
  return {
    cipher,
    key: expandLabel(hash, traffic, 'key', Buffer.alloc(0), keyLength),
    iv: expandLabel(hash, traffic, 'iv', Buffer.alloc(0), 12),
  };
}

/** Reads the records a TLS 1.3 server sends under its handshake traffic key. RFC 8446 sections 5.2, 5.3 and 7.3. */
export class HandshakeDecryption {
  readonly #cipher: string;
  readonly #key: KeyObject;
  readonly #iv: Buffer;
  #sequence = 0;

  /** `transcript`: the hash over ClientHello to ServerHello. */
  constructor(suite: number, secret: Buffer, transcript: Buffer) {
    const { cipher, key, iv } = serverHandshakeKeys(suite, secret, transcript);
    this.#cipher = cipher;
    this.#key = createSecretKey(key);
    this.#iv = iv;
  }

  /** The content and its type. Throws `Malformation` when the record does not authenticate. */
  open(header: Buffer, payload: Buffer): { readonly type: number; readonly content: Buffer } {
    const tag = 16;
    if (payload.length < tag + 1) throw new Malformation('a protected record is too short');
    const nonce = Buffer.from(this.#iv);
    nonce.writeUInt32BE((nonce.readUInt32BE(8) ^ this.#sequence) >>> 0, 8);
    this.#sequence += 1;
    // The three suites name AEAD ciphers with one interface; Node types each by its own name.
    const decipher = createDecipheriv(this.#cipher as CipherGCMTypes, this.#key, nonce, { authTagLength: tag });
    decipher.setAAD(header);
    decipher.setAuthTag(payload.subarray(payload.length - tag));
    try {
      const plain = Buffer.concat([decipher.update(payload.subarray(0, payload.length - tag)), decipher.final()]);
      let end = plain.length - 1;
      while (end >= 0 && plain[end] === 0) end -= 1;
      return { type: plain[end] ?? 0, content: plain.subarray(0, Math.max(end, 0)) };
    } catch (error) {
      throw new Malformation('a protected record does not authenticate', { cause: error });
    }
  }
}
