import {
  createHash,
  createPublicKey,
  generateKeyPairSync,
  sign,
  type KeyObject,
  type SignKeyObjectInput,
} from 'node:crypto';
import { sha256 } from '#model/digest.ts';
import type { Sha256 } from '#model/names.ts';

/** The time that tests judge at, unless they say another. */
export const now = new Date('2026-11-22T03:15:00Z');

const second = 1000;
const day = 86_400 * second;

/** The time some days, and seconds, from `now`. */
export function inDays(days: number, seconds = 0): Date {
  return new Date(now.getTime() + days * day + seconds * second);
}

/** Bytes that a peer sends in the place of a certificate. */
export interface Sent {
  readonly der: Uint8Array;
}

/** A certificate made here: it can issue others. */
export interface Issued extends Sent {
  readonly sha256: Sha256;
  readonly subject: Buffer;
  readonly key: Key;
}

export interface Key {
  readonly publicKey: KeyObject;
  /** Left out for a key that signs nothing. */
  readonly privateKey?: KeyObject;
}

type Hash = 'sha1' | 'sha256' | 'sha384' | 'sha512';

/** What a test wants otherwise than a plain self-signed certificate of uccx1.example.com. */
export interface Shape {
  readonly commonName?: string | readonly string[];
  /** The whole subject, encoded, in the place of the common names. */
  readonly subject?: Buffer;
  /** dNSNames: the first common name unless said; null for no subjectAltName. */
  readonly dns?: readonly string[] | null;
  /** iPAddresses as octets. */
  readonly ip?: readonly (readonly number[])[];
  /** Encoded times are taken as they are. */
  readonly notBefore?: Date | Buffer;
  readonly notAfter?: Date | Buffer;
  /** A P-256 key that goes with the common name, unless said. */
  readonly key?: Key;
  /** Self-signed unless said. */
  readonly issuer?: Issued;
  readonly hash?: Hash;
  /** Says another algorithm than the one that signed. */
  readonly signatureAlgorithm?: Buffer;
  /** basicConstraints: cA, and the path length where it is a number. */
  readonly ca?: boolean | number;
  /** extKeyUsage as object identifiers. */
  readonly purposes?: readonly string[];
  /** Object identifiers of the extensions to mark critical. */
  readonly critical?: readonly string[];
  /** Subject and authority key identifiers, on unless said. */
  readonly keyIdentifiers?: boolean;
  /** 3 unless said; the extensions are left out of any other. */
  readonly version?: 1 | 2 | 3;
  /** The content octets of serialNumber. */
  readonly serial?: readonly number[];
  /** certificatePolicies as object identifiers. */
  readonly policies?: readonly string[];
  /** nameConstraints. */
  readonly constraints?: { readonly permitted?: readonly Buffer[]; readonly excluded?: readonly Buffer[] };
  /** keyUsage as the content of its BIT STRING: the count of unused bits, then the bits. */
  readonly keyUsage?: readonly number[];
  /** Writes the issuer in other bytes than the issuer writes itself. */
  readonly issuerWritten?: Buffer;
  /** Changes the signature after it was made. */
  readonly tampered?: boolean;
  /** Further extensions with their values encoded. */
  readonly extensions?: readonly { readonly oid: string; readonly value: Buffer }[];
}

/** One DER value: tag, length, content. */
export function tlv(tag: number, ...content: readonly Uint8Array[]): Buffer {
  const body = Buffer.concat(content);
  const long = Buffer.from(body.length.toString(16).padStart(6, '0'), 'hex');
  const length = body.length < 128 ? [body.length] : [0x83, ...long];
  // The shortest form of the length, as DER demands.
  while (length[0] !== undefined && length[0] > 0x81 && length[1] === 0) length.splice(0, 2, length[0] - 1);
  return Buffer.concat([Buffer.from([tag, ...length]), body]);
}

export const sequence = (...content: readonly Uint8Array[]): Buffer => tlv(0x30, ...content);

export function oid(text: string): Buffer {
  const [first = 0, next = 0, ...rest] = text.split('.').map(Number);
  const octets = [first * 40 + next, ...rest].flatMap((arc) => {
    const groups = [arc & 0x7f];
    for (let left = arc >>> 7; left > 0; left >>>= 7) groups.unshift((left & 0x7f) | 0x80);
    return groups;
  });
  return tlv(0x06, Buffer.from(octets));
}

/** Bases of name constraints: GeneralName of RFC 5280 section 4.2.1.6. */
export const subtree = {
  dns: (domain: string): Buffer => tlv(0x82, Buffer.from(domain)),
  /** Address and mask as octets. */
  ip: (...octets: readonly number[]): Buffer => tlv(0x87, Buffer.from(octets)),
  directory: (name: Buffer): Buffer => tlv(0xa4, name),
};

/** authorityInfoAccess of RFC 5280 section 4.2.2.1: access methods and their URLs. */
export function accessTo(...accesses: (readonly [method: string, url: string])[]): Buffer {
  return sequence(...accesses.map(([method, url]) => sequence(oid(method), tlv(0x86, Buffer.from(url)))));
}

/** A time as UTCTime, from 2050 on as GeneralizedTime: RFC 5280 section 4.1.2.5. */
function time(date: Date): Buffer {
  const digits = date.toISOString().replace(/\.\d+|[-:T]/g, '');
  return date.getUTCFullYear() < 2050 ? tlv(0x17, Buffer.from(digits.slice(2))) : tlv(0x18, Buffer.from(digits));
}

/** A Name of one-valued RDNs: attribute type, value, and the tag of its string type, UTF8String unless said. */
export function nameOf(...attributes: (readonly [type: string, value: string, tag?: number])[]): Buffer {
  return sequence(
    ...attributes.map(([type, value, tag = 0x0c]) => tlv(0x31, sequence(oid(type), tlv(tag, Buffer.from(value))))),
  );
}

const keys = new Map<string, Key>();

function cached(name: string, make: () => Key): Key {
  const key = keys.get(name) ?? make();
  keys.set(name, key);
  return key;
}

/** An elliptic-curve key, the same one for the same label. */
export function ecKey(label: string, namedCurve = 'P-256'): Key {
  return cached(`${namedCurve} ${label}`, () => generateKeyPairSync('ec', { namedCurve }));
}

/** An Ed25519 key. */
export function edKey(): Key {
  return cached('Ed25519', () => generateKeyPairSync('ed25519'));
}

/** An RSA key that can sign. */
export function rsaKey(bits = 2048): Key {
  return cached(`RSA ${String(bits)}`, () => generateKeyPairSync('rsa', { modulusLength: bits }));
}

/** An RSA key that signs with RSASSA-PSS only. */
export function rsaPssKey(): Key {
  return cached('RSA-PSS', () => generateKeyPairSync('rsa-pss', { modulusLength: 2048 }));
}

/** The public half of an RSA key of this length. It is no product of two primes, which nobody who reads it can tell. */
export function rsaKeyOf(bits: number): Key {
  const modulus = (1n << BigInt(bits - 1)) + 1n;
  const hex = modulus.toString(16);
  const n = Buffer.from(hex.padStart(hex.length + (hex.length % 2), '0'), 'hex').toString('base64url');
  return { publicKey: createPublicKey({ key: { kty: 'RSA', n, e: 'AQAB' }, format: 'jwk' }) };
}

const signatures: Readonly<Record<string, string>> = {
  'rsa sha1': '1.2.840.113549.1.1.5',
  'rsa sha256': '1.2.840.113549.1.1.11',
  'rsa sha384': '1.2.840.113549.1.1.12',
  'rsa sha512': '1.2.840.113549.1.1.13',
  'ec sha1': '1.2.840.10045.4.1',
  'ec sha256': '1.2.840.10045.4.3.2',
  'ec sha384': '1.2.840.10045.4.3.3',
  'ec sha512': '1.2.840.10045.4.3.4',
  ed25519: '1.3.101.112',
};

/** RSASSA-PSS with SHA-256, MGF1 with SHA-256, and 32 octets of salt: RFC 4055 section 3.1. */
const pss = (): Buffer => {
  const hash = sequence(oid('2.16.840.1.101.3.4.2.1'), tlv(0x05));
  return sequence(
    oid('1.2.840.113549.1.1.10'),
    sequence(
      tlv(0xa0, hash),
      tlv(0xa1, sequence(oid('1.2.840.113549.1.1.8'), hash)),
      tlv(0xa2, tlv(0x02, Buffer.from([32]))),
    ),
  );
};

const spki = (key: Key): Buffer => key.publicKey.export({ type: 'spki', format: 'der' });
const keyIdentifier = (key: Key): Buffer => createHash('sha1').update(spki(key)).digest();

/** RSASSA-PSS takes as many octets of salt as fit unless told. */
function signingKey(key: KeyObject): KeyObject | SignKeyObjectInput {
  return key.asymmetricKeyType === 'rsa-pss' ? { key, saltLength: 32 } : key;
}

/** 20 bits of the serial number are enough to tell the certificates of one test apart. */
let serial = 0x10_0000;

/**
 * Makes a certificate, however unwise. It is written out by hand and not by the library that reads it: a test wants what no
 * library makes, and a second opinion.
 */
export function certificate(shape: Shape = {}): Issued {
  const commonNames = [shape.commonName ?? 'uccx1.example.com'].flat();
  const subject = shape.subject ?? nameOf(...commonNames.map((text) => ['2.5.4.3', text] as const));
  const key = shape.key ?? ecKey(commonNames.join('+'));
  const issuer = shape.issuer ?? { subject, key };
  const type = issuer.key.publicKey.asymmetricKeyType ?? '';
  const hash = type === 'ed25519' ? null : (shape.hash ?? 'sha256');
  const named = (): Buffer => sequence(oid(signatures[hash ? `${type} ${hash}` : type] ?? '2.999'));
  const algorithm = shape.signatureAlgorithm ?? (type === 'rsa-pss' ? pss() : named());

  const { dns = commonNames.slice(0, 1), ip = [], ca, purposes } = shape;
  const extensions: { oid: string; value: Buffer }[] = [];
  if (shape.keyIdentifiers ?? true) {
    extensions.push({ oid: '2.5.29.14', value: tlv(0x04, keyIdentifier(key)) });
    if (shape.issuer) extensions.push({ oid: '2.5.29.35', value: sequence(tlv(0x80, keyIdentifier(issuer.key))) });
  }
  if (ca !== undefined) {
    const length = typeof ca === 'number' ? [tlv(0x02, Buffer.from([ca]))] : [];
    extensions.push({
      oid: '2.5.29.19',
      value: sequence(...(ca === false ? [] : [tlv(0x01, Buffer.from([255]))]), ...length),
    });
  }
  if (shape.keyUsage) extensions.push({ oid: '2.5.29.15', value: tlv(0x03, Buffer.from(shape.keyUsage)) });
  if (purposes) extensions.push({ oid: '2.5.29.37', value: sequence(...purposes.map(oid)) });
  if (shape.policies)
    extensions.push({ oid: '2.5.29.32', value: sequence(...shape.policies.map((policy) => sequence(oid(policy)))) });
  if (shape.constraints) {
    const { permitted, excluded } = shape.constraints;
    const subtrees = (tag: number, bases: readonly Buffer[] | undefined): Buffer[] =>
      bases === undefined ? [] : [tlv(tag, ...bases.map((base) => sequence(base)))];
    extensions.push({ oid: '2.5.29.30', value: sequence(...subtrees(0xa0, permitted), ...subtrees(0xa1, excluded)) });
  }
  if (dns !== null || ip.length > 0) {
    const names = [
      ...(dns ?? []).map((name) => tlv(0x82, Buffer.from(name, 'latin1'))),
      ...ip.map((octets) => tlv(0x87, Buffer.from(octets))),
    ];
    extensions.push({ oid: '2.5.29.17', value: sequence(...names) });
  }
  const encoded = [...extensions, ...(shape.extensions ?? [])].map((extension) =>
    sequence(
      oid(extension.oid),
      ...(shape.critical?.includes(extension.oid) ? [tlv(0x01, Buffer.from([255]))] : []),
      tlv(0x04, extension.value),
    ),
  );

  const written = (at: Date | Buffer): Buffer => (at instanceof Date ? time(at) : at);
  const version = shape.version ?? 3;
  const tbs = sequence(
    ...(version === 1 ? [] : [tlv(0xa0, tlv(0x02, Buffer.from([version - 1])))]),
    tlv(0x02, shape.serial ? Buffer.from(shape.serial) : Buffer.from((serial += 1).toString(16), 'hex')),
    algorithm,
    shape.issuerWritten ?? issuer.subject,
    sequence(written(shape.notBefore ?? inDays(-90)), written(shape.notAfter ?? inDays(275))),
    subject,
    spki(key),
    ...(encoded.length === 0 || version !== 3 ? [] : [tlv(0xa3, sequence(...encoded))]),
  );
  const { privateKey } = issuer.key;
  const signature = privateKey === undefined ? Buffer.alloc(64) : sign(hash, tbs, signingKey(privateKey));
  if (shape.tampered) signature[signature.length - 1] = (signature.at(-1) ?? 0) ^ 1;
  const der = sequence(tbs, algorithm, tlv(0x03, Buffer.from([0]), signature));
  return { der, sha256: sha256(der), subject, key };
}

/** A certificate authority. */
export function authority(commonName: string, shape: Omit<Shape, 'commonName'> = {}): Issued {
  return certificate({ commonName, ca: true, dns: null, notBefore: inDays(-900), notAfter: inDays(2000), ...shape });
}
