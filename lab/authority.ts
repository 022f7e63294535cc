import 'reflect-metadata';
import { generateKeyPair, randomBytes, X509Certificate, type KeyObject, type webcrypto } from 'node:crypto';
import { promisify } from 'node:util';
import * as asn1 from '@peculiar/x509';
import { asVersion1 } from './version-1.ts';

const generate = promisify(generateKeyPair);

export interface KeyPair {
  readonly privateKey: KeyObject;
  readonly publicKey: KeyObject;
}

export type KeyKind = { readonly rsa: number } | { readonly ec: 'P-256' | 'P-384' };

/** A certificate and the key that belongs to it. */
export interface Identity {
  readonly certificate: X509Certificate;
  readonly key: KeyPair;
}

export type Hash = 'SHA-1' | 'SHA-256' | 'SHA-384';

/** Everything about a certificate that a scenario may want otherwise. */
export interface Wanted {
  readonly commonName: string;
  readonly notBefore: Date;
  readonly notAfter: Date;
  /** dNSNames of subjectAltName; null for none. */
  readonly names: readonly string[] | null;
  readonly key: KeyPair;
  /** The issuer, or `self`. */
  readonly issuer: 'self' | Identity;
  readonly hash?: Hash;
  readonly keyUsage?: { readonly usages: asn1.KeyUsageFlags; readonly critical: boolean } | null;
  readonly extendedKeyUsage?: { readonly usages: readonly string[]; readonly critical: boolean } | null;
  readonly basicConstraints?: {
    readonly ca: boolean;
    readonly pathLength?: number;
    readonly critical: boolean;
  } | null;
  /** Further extensions, for example a critical one that nobody knows. */
  readonly extra?: readonly { readonly oid: string; readonly critical: boolean; readonly value: Buffer }[];
  /** The serial number in hexadecimal digits of its octets; a good one unless said. */
  readonly serialNumber?: string;
  /** 3 unless said; a certificate of version 1 has no extensions. */
  readonly version?: 1 | 3;
}

export const serverAuthentication = asn1.ExtendedKeyUsage.serverAuth;
export const clientAuthentication = asn1.ExtendedKeyUsage.clientAuth;

const { digitalSignature, keyEncipherment, dataEncipherment, keyCertSign, cRLSign } = asn1.KeyUsageFlags;

/**
 * The extensions of a UCCX self-signed tomcat certificate: the decoded sample of the post-installation chapter of Cisco
 * Unified CCX Administration, release 15. KeyUsage is not critical, basicConstraints is, and says CA:TRUE, path length 0.
 */
export const asInstalled = {
  keyUsage: { usages: digitalSignature | keyEncipherment | dataEncipherment | keyCertSign, critical: false },
  extendedKeyUsage: { usages: [serverAuthentication, clientAuthentication], critical: false },
  basicConstraints: { ca: true, pathLength: 0, critical: true },
} as const;

/** The extensions of the CA template that Cisco describes for tomcat: server and client authentication. */
export const asSigned = {
  keyUsage: { usages: digitalSignature | keyEncipherment | dataEncipherment, critical: true },
  extendedKeyUsage: { usages: [serverAuthentication, clientAuthentication], critical: false },
  basicConstraints: null,
} as const;

/** The CA's own extensions. */
function asAuthority(pathLength?: number): Pick<Wanted, 'keyUsage' | 'extendedKeyUsage' | 'basicConstraints'> {
  return {
    keyUsage: { usages: keyCertSign | cRLSign, critical: true },
    extendedKeyUsage: null,
    basicConstraints: { ca: true, ...(pathLength === undefined ? {} : { pathLength }), critical: true },
  };
}

/** A new key, made off the main thread so that several are made at once. */
export async function newKey(kind: KeyKind = { rsa: 2048 }): Promise<KeyPair> {
  return 'rsa' in kind
    ? generate('rsa', { modulusLength: kind.rsa, publicExponent: 65537 })
    : generate('ec', { namedCurve: kind.ec });
}

/** The time some days away, on a whole second as certificates count. */
export function daysFrom(now: Date, days: number): Date {
  const second = 1000;
  return new Date(Math.floor(now.getTime() / second) * second + days * 86_400_000);
}

/** The common name, or an empty text. */
export function commonNameOf(certificate: X509Certificate): string {
  return /^CN=(.*)$/m.exec(certificate.subject)?.[1] ?? '';
}

/** How WebCrypto names the signature algorithm of a key. */
export function algorithmOf(key: KeyObject, hash: Hash): webcrypto.RsaHashedImportParams & { namedCurve?: string } {
  if (key.asymmetricKeyType === 'ec') {
    const namedCurve = key.asymmetricKeyDetails?.namedCurve === 'secp384r1' ? 'P-384' : 'P-256';
    return { name: 'ECDSA', namedCurve, hash };
  }
  return { name: 'RSASSA-PKCS1-v1_5', hash };
}

/** SubjectPublicKeyInfo in DER. */
function keyInfoOf(key: Pick<KeyPair, 'publicKey'>): Uint8Array<ArrayBuffer> {
  return new Uint8Array(key.publicKey.export({ type: 'spki', format: 'der' }));
}

/** The subject of every machine and CA of the lab. */
export function subjectOf(commonName: string): asn1.JsonName {
  // The encoded order C, O, OU, CN, ST, L is that of the real ones.
  return [
    { C: ['US'] },
    { O: ['Example'] },
    { OU: ['Contact Center'] },
    { CN: [commonName] },
    { ST: ['California'] },
    { L: ['San Jose'] },
  ];
}

/** Sixteen random octets, positive, so that DER needs no octet more (RFC 5280 4.1.2.2). */
function newSerialNumber(): string {
  const octets = randomBytes(16);
  octets[0] = ((octets[0] ?? 0) & 0x7f) | 0x40;
  return octets.toString('hex');
}

/** Issues one certificate exactly as wanted, however unwise. */
export async function issue(wanted: Wanted): Promise<Identity> {
  const issuer = wanted.issuer === 'self' ? null : wanted.issuer;
  return { certificate: await sign(wanted, issuer, issuer?.key ?? wanted.key), key: wanted.key };
}

/** Issues a certificate for a key of which only the public half is known. */
export async function issueFor(
  publicKey: KeyObject,
  wanted: Omit<Wanted, 'key'> & { issuer: Identity },
): Promise<X509Certificate> {
  return sign({ ...wanted, key: { publicKey } }, wanted.issuer, wanted.issuer.key);
}

async function sign(
  wanted: Omit<Wanted, 'key'> & { readonly key: Pick<KeyPair, 'publicKey'> },
  issuer: Identity | null,
  signer: KeyPair,
): Promise<X509Certificate> {
  const hash = wanted.hash ?? 'SHA-256';
  const publicKey = keyInfoOf(wanted.key);
  const algorithm = algorithmOf(signer.privateKey, hash);

  const extensions: asn1.Extension[] = [];
  if (wanted.keyUsage) extensions.push(new asn1.KeyUsagesExtension(wanted.keyUsage.usages, wanted.keyUsage.critical));
  if (wanted.extendedKeyUsage) {
    const { usages, critical } = wanted.extendedKeyUsage;
    extensions.push(new asn1.ExtendedKeyUsageExtension([...usages], critical));
  }
  extensions.push(await asn1.SubjectKeyIdentifierExtension.create(publicKey));
  if (issuer !== null) {
    extensions.push(await asn1.AuthorityKeyIdentifierExtension.create(keyInfoOf(issuer.key)));
  }
  if (wanted.basicConstraints) {
    const { ca, pathLength, critical } = wanted.basicConstraints;
    extensions.push(new asn1.BasicConstraintsExtension(ca, pathLength, critical));
  }
  if (wanted.names !== null) {
    const names = wanted.names.map((value) => ({ type: 'dns' as const, value }));
    extensions.push(new asn1.SubjectAlternativeNameExtension(names));
  }
  for (const { oid, critical, value } of wanted.extra ?? []) {
    extensions.push(new asn1.Extension(oid, critical, new Uint8Array(value)));
  }

  const certificate = await asn1.X509CertificateGenerator.create({
    serialNumber: wanted.serialNumber ?? newSerialNumber(),
    subject: subjectOf(wanted.commonName),
    issuer: issuer === null ? subjectOf(wanted.commonName) : subjectOf(commonNameOf(issuer.certificate)),
    notBefore: wanted.notBefore,
    notAfter: wanted.notAfter,
    publicKey,
    signingKey: signer.privateKey.toCryptoKey(algorithm, false, ['sign']) as CryptoKey,
    signingAlgorithm: algorithm,
    extensions,
  });
  const der = certificate.rawData;
  return new X509Certificate(wanted.version === 1 ? asVersion1(der, signer.privateKey, hash) : Buffer.from(der));
}

/** The lab's certificate authority: a root, and the intermediate that signs the machines' certificates. */
export interface Authority {
  readonly root: Identity;
  readonly intermediate: Identity;
}

/** A self-signed root of ten years. */
export async function newRoot(now: Date, commonName: string): Promise<Identity> {
  return issue({
    ...asAuthority(),
    commonName,
    notBefore: daysFrom(now, -1000),
    notAfter: daysFrom(now, 2650),
    names: null,
    key: await newKey(),
    issuer: 'self',
  });
}

/** An intermediate below a root. */
export async function newIntermediate(
  root: Identity,
  wanted: Pick<Wanted, 'commonName' | 'notBefore' | 'notAfter' | 'extra'>,
): Promise<Identity> {
  return issue({ ...asAuthority(0), ...wanted, names: null, key: await newKey(), issuer: root });
}

export async function newAuthority(now: Date): Promise<Authority> {
  const root = await newRoot(now, 'Lab Root CA');
  const intermediate = await newIntermediate(root, {
    commonName: 'Lab Issuing CA',
    notBefore: daysFrom(now, -700),
    notAfter: daysFrom(now, 1100),
  });
  return { root, intermediate };
}
