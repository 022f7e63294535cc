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
// SubjectPublicKeyInfo of an X25519 key, RFC 8410 section 4, up to the 32 bytes of the key.
const x25519Prefix = Buffer.from('302a300506032b656e032100', 'hex');

let own: { readonly privateKey: KeyObject; readonly publicKey: Buffer } | undefined;

/** X25519, with one key pair for the whole process: no handshake is ever finished with it, so it protects nothing. */
export function usualShare(): KeyShare {
  own ??= newX25519();
  const { privateKey, publicKey } = own;
  return {
    group: x25519,
    publicKey,
    secretWith(peer) {
      if (peer.length !== 32) throw new Malformation('the X25519 key share has not 32 bytes');
      // As PEM, which Node 24 takes three times as fast as DER in an object.
      const spki = Buffer.concat([x25519Prefix, peer]).toString('base64');
      const key = createPublicKey(`-----BEGIN PUBLIC KEY-----\n${spki}\n-----END PUBLIC KEY-----\n`);
      try {
        return diffieHellman({ privateKey, publicKey: key });
      } catch (error) {
        // RFC 8446 section 7.4.2: a point of small order.
        throw new Malformation('the X25519 key share agrees on nothing', { cause: error });
      }
    },
  };
}

function newX25519(): { privateKey: KeyObject; publicKey: Buffer } {
  const { privateKey, publicKey } = generateKeyPairSync('x25519');
  return { privateKey, publicKey: publicKey.export({ format: 'der', type: 'spki' }).subarray(x25519Prefix.length) };
}

/** A share of the group a server asked for in its HelloRetryRequest, or null where it is none we offer. */
export function shareOf(group: number): KeyShare | null {
  if (group === x25519) return usualShare();
  const name = groups[group]?.name;
  if (name === undefined) return null;
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
