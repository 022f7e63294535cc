import 'reflect-metadata';
import { createPublicKey, type KeyObject, type X509Certificate } from 'node:crypto';
import * as asn1 from '@peculiar/x509';
import {
  algorithmOf,
  asSigned,
  clientAuthentication,
  daysFrom,
  issueFor,
  newKey,
  serverAuthentication,
  subjectOf,
  type Authority,
  type Hash,
  type KeyKind,
  type KeyPair,
  type Wanted,
} from './authority.ts';

/** A certification request (RFC 2986) that waits for its reply, and its key. */
export interface CertificationRequest {
  readonly pem: string;
  readonly names: readonly string[];
  readonly key: KeyPair;
  /** Several servers will share the certificate. */
  readonly isShared: boolean;
}

const ipsecEndSystem = '1.3.6.1.5.5.7.3.5';
const { digitalSignature, keyEncipherment, dataEncipherment, keyAgreement } = asn1.KeyUsageFlags;
const askedUsages: asn1.KeyUsageFlags = digitalSignature | keyEncipherment | dataEncipherment | keyAgreement;
const askedPurposes = [serverAuthentication, clientAuthentication, ipsecEndSystem] as const;

/** What a request asks for. */
export interface RequestWish {
  readonly commonName: string;
  /** dNSNames; with none the request has no subjectAltName. */
  readonly names: readonly string[];
  readonly key?: KeyKind;
  readonly hash?: Hash;
  readonly isShared?: boolean;
  /** Where who asks writes the whole subject himself. */
  readonly subject?: string;
  /** keyUsage and extKeyUsage, where they are not those of a VOS machine; null, and no purposes, leave them out. */
  readonly usages?: asn1.KeyUsageFlags | null;
  readonly purposes?: readonly string[];
}

/** A request; unless said its extensions are those that the Cisco Unified CCX operating system guide lists. */
export async function newRequest({
  commonName,
  names,
  key: kind = { rsa: 2048 },
  hash = 'SHA-256',
  isShared = false,
  subject,
  usages = askedUsages,
  purposes = askedPurposes,
}: RequestWish): Promise<CertificationRequest> {
  const key = await newKey(kind);
  const algorithm = algorithmOf(key.privateKey, hash);
  const request = await asn1.Pkcs10CertificateRequestGenerator.create({
    name: subject ?? subjectOf(commonName),
    keys: {
      privateKey: key.privateKey.toCryptoKey(algorithm, false, ['sign']) as CryptoKey,
      publicKey: key.publicKey.toCryptoKey(algorithm, true, ['verify']) as CryptoKey,
    },
    signingAlgorithm: algorithm,
    extensions: [
      ...(usages === null ? [] : [new asn1.KeyUsagesExtension(usages)]),
      ...(purposes.length === 0 ? [] : [new asn1.ExtendedKeyUsageExtension([...purposes])]),
      ...(names.length === 0
        ? []
        : [new asn1.SubjectAlternativeNameExtension(names.map((value) => ({ type: 'dns' as const, value })))]),
    ],
  });
  return { pem: `${request.toString('pem')}\n`, names, key, isShared };
}

/** What a CA takes from a request. */
export interface Asked {
  readonly commonName: string;
  readonly names: readonly string[];
  readonly publicKey: KeyObject;
}

export function readRequest(pem: string): Asked {
  const request = new asn1.Pkcs10CertificateRequest(pem);
  const names = request.extensions.find((extension) => extension instanceof asn1.SubjectAlternativeNameExtension);
  return {
    commonName: request.subjectName.getField('CN')[0] ?? '',
    names: names?.names.toJSON().map(({ value }) => value) ?? [],
    publicKey: createPublicKey({ key: Buffer.from(request.publicKey.rawData), format: 'der', type: 'spki' }),
  };
}

/** The dNSNames of a certificate. */
export function namesOf(certificate: X509Certificate): readonly string[] {
  return (certificate.subjectAltName ?? '')
    .split(', ')
    .filter((name) => name.startsWith('DNS:'))
    .map((name) => name.slice('DNS:'.length));
}

/** The CA's reply to a request in PEM: the names as asked, the template as usual, with changes. */
export async function replyTo(
  request: string,
  authority: Authority,
  now: Date,
  changes: Partial<Pick<Wanted, 'names' | 'notAfter' | 'keyUsage' | 'extendedKeyUsage'>> = {},
): Promise<X509Certificate> {
  const { publicKey, commonName, names } = readRequest(request);
  return issueFor(publicKey, {
    ...asSigned,
    commonName,
    names: names.length === 0 ? null : names,
    issuer: authority.intermediate,
    notBefore: daysFrom(now, 0),
    notAfter: daysFrom(now, 365),
    ...changes,
  });
}

/** All usages that the request of a VOS machine asks for: a template that was made for it. */
export const asAsked = {
  keyUsage: { usages: askedUsages, critical: true },
  extendedKeyUsage: { usages: askedPurposes, critical: false },
} as const;
