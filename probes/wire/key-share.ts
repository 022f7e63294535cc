import {
  createECDH,
  createPublicKey,
  diffieHellman,
  generateKeyPairSync,
  type ECDH,
  type KeyObject,
} from 'node:crypto';
import { groups } from './algorithms.ts';
import { Malformation } from './bytes.ts';

/** Our half of a key agreement, and the secret that comes of the other half. */
export interface KeyShare {
  readonly group: number;
  readonly publicKey: Buffer;
  secretWith(peer: Buffer): Buffer;
}

const x25519 = 0x001d;
const secp256r1 = 0x0017;

/** The prime, the b and the base point of P-256: SEC 2 section 2.4.2. The point is written as RFC 8446 section 4.2.8.2 has it. */
const prime = 2n ** 256n - 2n ** 224n + 2n ** 192n + 2n ** 96n - 1n;
const b = 0x5ac635d8aa3a93e7b3ebbd55769886bc651d06b0cc53b0f63bce3c3e27d2604bn;
const basePoint = Buffer.from(
  '046b17d1f2e12c4247f8bce6e563a440f277037d812deb33a0f4a13945d898c2964fe342e2fe1a7f9b8ee7eb4a7c0f9e162bce33576b315ececbb6406837bf51f5',
  'hex',
);

/**
 * P-256, with the base point itself as our half. Its private key is one, so that the secret agreed on is the x-coordinate of the server's half and nothing has
 * to be computed: an agreement is dearer than all else in a look. That makes the server's flight readable to anybody, and no more than that: no handshake is
 * finished, nothing secret is sent, and the proof of the key is a signature over the server's half. P-256 is the group that every TLS 1.3 has (RFC 8446
 * section 9.1).
 */
export const usualShare: KeyShare = {
  group: secp256r1,
  publicKey: basePoint,
  secretWith(peer) {
    if (peer.length !== 65 || peer[0] !== 4) throw new Malformation('the key share is no point of prime256v1');
    const x = BigInt(`0x${peer.toString('hex', 1, 33)}`);
    const y = BigInt(`0x${peer.toString('hex', 33)}`);
    const isOnCurve = x < prime && y < prime && (y * y - x * x * x + 3n * x - b) % prime === 0n;
    if (!isOnCurve) throw new Malformation('the key share is no point of prime256v1');
    return peer.subarray(1, 33);
  },
};

/** A share of the group a server asked for in its HelloRetryRequest, or null where it is none we offer. */
export function shareOf(group: number): KeyShare | null {
  if (group === secp256r1) return usualShare;
  if (group === x25519) return newX25519();
  const name = groups[group]?.name;
  return name === undefined ? null : newPoint(group, name);
}

// SubjectPublicKeyInfo of an X25519 key, RFC 8410 section 4, up to the 32 bytes of the key.
const x25519Prefix = Buffer.from('302a300506032b656e032100', 'hex');

function newX25519(): KeyShare {
  const { privateKey, publicKey } = generateKeyPairSync('x25519');
  return {
    group: x25519,
    publicKey: publicKey.export({ format: 'der', type: 'spki' }).subarray(x25519Prefix.length),
    secretWith(peer) {
      if (peer.length !== 32) throw new Malformation('the X25519 key share has not 32 bytes');
      return agreed(
        privateKey,
        createPublicKey({ key: Buffer.concat([x25519Prefix, peer]), format: 'der', type: 'spki' }),
      );
    },
  };
}

function agreed(privateKey: KeyObject, publicKey: KeyObject): Buffer {
  try {
    return diffieHellman({ privateKey, publicKey });
  } catch (error) {
    // RFC 8446 section 7.4.2: a point of small order.
    throw new Malformation('the X25519 key share agrees on nothing', { cause: error });
  }
}

function newPoint(group: number, name: string): KeyShare {
  const pair: ECDH = createECDH(name);
  const publicKey = pair.generateKeys();
  return {
    group,
    publicKey,
    secretWith(peer) {
      try {
        return pair.computeSecret(peer);
      } catch (error) {
        throw new Malformation(`the key share is no point of ${name}`, { cause: error });
      }
    },
  };
}
