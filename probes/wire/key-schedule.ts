import { createDecipheriv, createSecretKey, hash as digest, type CipherGCMTypes, type KeyObject } from 'node:crypto';
import { suites } from './algorithms.ts';
import { Malformation } from './bytes.ts';

/** The block of SHA-256 and of SHA-384 in bytes, FIPS 180-4. */
const blockLength = { sha256: 64, sha384: 128 } as const;
type Hash = keyof typeof blockLength;

/** Where a block and its message are put together to be hashed; everything here is done before anything else runs. */
const scratch = Buffer.alloc(512);

/** HMAC, RFC 2104 section 2, for keys no longer than a block. Two hashes at once take less than one of Node's objects for it, which the collector has to look after. */
function hmac(hash: Hash, key: Buffer, message: Uint8Array): Buffer {
  return keyed(hash, key, 0x5c, keyed(hash, key, 0x36, message));
}

function keyed(hash: Hash, key: Buffer, pad: number, message: Uint8Array): Buffer {
  const block = blockLength[hash];
  scratch.fill(pad, 0, block);
  // Not by entries(), which makes three objects of every byte.
  for (let place = 0; place < key.length; place += 1) scratch[place] = pad ^ (key[place] ?? 0);
  scratch.set(message, block);
  return digest(hash, scratch.subarray(0, block + message.length), 'buffer');
}

/** RFC 5869 section 2.2. */
function extract(hash: Hash, salt: Buffer, secret: Buffer): Buffer {
  return hmac(hash, salt, secret);
}

/** Labels of RFC 8446 section 7.1 as they are written. */
const labels = {
  derived: Buffer.from('tls13 derived', 'latin1'),
  traffic: Buffer.from('tls13 s hs traffic', 'latin1'),
  key: Buffer.from('tls13 key', 'latin1'),
  iv: Buffer.from('tls13 iv', 'latin1'),
} as const;

/** Where an HkdfLabel is put together. */
const info = Buffer.alloc(128);

/** HKDF-Expand-Label, RFC 8446 section 7.1. */
function expandLabel(
  hash: Hash,
  secret: Buffer,
  label: keyof typeof labels,
  context: Uint8Array,
  length: number,
): Buffer {
  const name = labels[label];
  info.writeUInt16BE(length, 0);
  info[2] = name.length;
  info.set(name, 3);
  const end = 3 + name.length;
  info[end] = context.length;
  info.set(context, end + 1);
  // One block is enough: no secret, key or nonce of TLS 1.3 is longer than its hash.
  info[end + 1 + context.length] = 1;
  return hmac(hash, secret, info.subarray(0, end + 2 + context.length)).subarray(0, length);
}

const salts = new Map<string, Buffer>();

/** What the handshake secret is extracted with where there is no pre-shared key, RFC 8446 section 7.1: the same for every connection. */
function handshakeSalt(hash: Hash): Buffer {
  const known = salts.get(hash);
  if (known !== undefined) return known;
  const empty = digest(hash, '', 'buffer');
  const zeros = Buffer.alloc(empty.length);
  const salt = expandLabel(hash, extract(hash, zeros, zeros), 'derived', empty, empty.length);
  salts.set(hash, salt);
  return salt;
}

const nothing = new Uint8Array();

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
  const traffic = expandLabel(hash, extract(hash, salt, secret), 'traffic', transcript, salt.length);
  return {
    cipher,
    key: expandLabel(hash, traffic, 'key', nothing, keyLength),
    iv: expandLabel(hash, traffic, 'iv', nothing, 12),
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
