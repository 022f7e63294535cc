import { X509Certificate as NodeCertificate, type KeyObject } from 'node:crypto';
import { sha256 } from '#model/digest.ts';
import type { Sha256 } from '#model/names.ts';
import { member, membersOf, oidOf, readValue, tag, type Value } from './ber.ts';
import { canonicalName, nameText, readName, valuesOf, type CanonicalName } from './distinguished-name.ts';
import {
  extension,
  readAlternativeNames,
  readAuthorityKeyIdentifier,
  readBasicConstraints,
  readCaIssuersUrls,
  readCrlUrls,
  readExtensions,
  readExtKeyUsage,
  readKeyUsage,
  readPolicies,
  readSubjectKeyIdentifier,
  saidBy,
  type Extension,
} from './extensions.ts';
import { readNameConstraints, type NameConstraints } from './name-constraints.ts';
import { pssHashes, signatureAlgorithms } from './oids.ts';

/** A public key as RFC 5280 section 4.1.2.7 carries it. */
export interface PublicKey {
  /** `rsa`, `rsa-pss`, `ec`, `ed25519`, `ed448`, `dsa`, or Node's word for another. */
  readonly type: string;
  /** Modulus or group size in bits; null where the type has but one. */
  readonly bits: number | null;
  /** Named curve, OpenSSL's spelling, for `ec`. */
  readonly curve: string | null;
}

/** A certificate read from its DER: what RFC 5280 puts in it, nothing judged. */
export interface Certificate {
  readonly sha256: Sha256;
  readonly der: Uint8Array;
  /** As RFC 5280 section 4.1.2.1 counts: 1, 2 or 3. */
  readonly version: number;
  /** Distinguished names as text (RFC 4514 order as encoded), for people. */
  readonly subject: string;
  readonly issuer: string;
  /** The names for comparing. */
  readonly subjectName: CanonicalName;
  readonly issuerName: CanonicalName;
  readonly commonNames: readonly string[];
  /** Upper-case hexadecimal. */
  readonly serialNumber: string;
  /** The content octets of serialNumber in hexadecimal, a leading zero octet and the sign with them. */
  readonly serialOctets: string;
  readonly notBefore: Date;
  readonly notAfter: Date;
  readonly publicKey: PublicKey;
  /** SubjectPublicKeyInfo as DER, hexadecimal: two certificates of one key agree in it. */
  readonly subjectPublicKeyInfo: string;
  readonly signatureAlgorithm: { readonly oid: string; readonly name: string; readonly hash: string | null };
  /** In the order encoded; a repeated one appears twice. */
  readonly extensions: readonly { readonly oid: string; readonly critical: boolean }[];
  readonly subjectAltName: {
    readonly dns: readonly string[];
    readonly ip: readonly string[];
    readonly others: number;
  } | null;
  readonly nameConstraints: NameConstraints | null;
  readonly basicConstraints: { readonly ca: boolean; readonly pathLength: number | null } | null;
  /** Names as in RFC 5280 section 4.2.1.3, null where the extension is absent. */
  readonly keyUsage: readonly string[] | null;
  /** Object identifiers, null where the extension is absent. */
  readonly extKeyUsage: readonly string[] | null;
  /** Object identifiers of certificatePolicies. */
  readonly policies: readonly string[];
  /** URLs of cRLDistributionPoints, in order. */
  readonly crlUrls: readonly string[];
  /** URLs of id-ad-caIssuers in authorityInfoAccess, in order: where the issuer's certificate is published. */
  readonly caIssuersUrls: readonly string[];
  /** Hexadecimal. */
  readonly subjectKeyIdentifier: string | null;
  readonly authorityKeyIdentifier: string | null;
}

/** Bytes sent as a certificate that cannot be read as one. */
export interface Malformed {
  readonly sha256: Sha256;
  readonly malformed: string;
}

const rsaEncryption = '1.2.840.113549.1.1.1';
const rsassaPss = '1.2.840.113549.1.1.10';

/** Whether the bytes could be read. */
export function isReadable(certificate: Certificate | Malformed): certificate is Certificate {
  return !('malformed' in certificate);
}

/** Reads DER. Bytes that are no certificate come back as `Malformed` with the reason; nothing is thrown for what a peer sent. */
export function readCertificate(der: Uint8Array): Certificate | Malformed {
  try {
    return read(der);
  } catch (error) {
    return { sha256: sha256(der), malformed: error instanceof Error ? error.message : String(error) };
  }
}

function read(der: Uint8Array): Certificate {
  const node = nodeCertificate(der);
  const [toBeSigned, algorithm] = membersOf(readValue(der));
  if (toBeSigned === undefined || algorithm === undefined) throw new Error('the certificate has no signature');
  const { version, serialNumber, issuer, subject, publicKey, extensions } = fieldsOf(toBeSigned);
  const [issuerName, subjectName] = [readName(issuer), readName(subject)];
  const certificate: Certificate = {
    sha256: sha256(der),
    der,
    version,
    subject: nameText(subjectName),
    issuer: nameText(issuerName),
    subjectName: canonicalName(subjectName),
    issuerName: canonicalName(issuerName),
    commonNames: valuesOf(subjectName, 'CN'),
    serialNumber: withoutSign(serialNumber).toUpperCase(),
    serialOctets: serialNumber,
    notBefore: instantOf(node.validFrom, node.validFromDate, 'notBefore'),
    notAfter: instantOf(node.validTo, node.validToDate, 'notAfter'),
    publicKey: publicKeyOf(() => node.publicKey),
    subjectPublicKeyInfo: hexOf(wellFormedKey(publicKey).encoded),
    signatureAlgorithm: signatureAlgorithmOf(algorithm, node),
    extensions: extensions.map(({ oid, critical }) => ({ oid, critical })),
    subjectAltName: saidBy(extensions, extension.subjectAltName, readAlternativeNames),
    nameConstraints: saidBy(extensions, extension.nameConstraints, readNameConstraints),
    basicConstraints: saidBy(extensions, extension.basicConstraints, readBasicConstraints),
    keyUsage: saidBy(extensions, extension.keyUsage, readKeyUsage),
    extKeyUsage: saidBy(extensions, extension.extKeyUsage, readExtKeyUsage),
    policies: saidBy(extensions, extension.certificatePolicies, readPolicies) ?? [],
    crlUrls: saidBy(extensions, extension.cRLDistributionPoints, readCrlUrls) ?? [],
    caIssuersUrls: saidBy(extensions, extension.authorityInfoAccess, readCaIssuersUrls) ?? [],
    subjectKeyIdentifier: saidBy(extensions, extension.subjectKeyIdentifier, readSubjectKeyIdentifier),
    authorityKeyIdentifier: saidBy(extensions, extension.authorityKeyIdentifier, readAuthorityKeyIdentifier),
  };
  nodes.set(certificate, node);
  return certificate;
}

/** The fields of TBSCertificate, RFC 5280 section 4.1: the version is [0] EXPLICIT and one less than it is called, left out for 1. */
function fieldsOf(toBeSigned: Value): {
  readonly version: number;
  /** The content octets of serialNumber in hexadecimal. */
  readonly serialNumber: string;
  readonly issuer: Value;
  readonly subject: Value;
  readonly publicKey: Value;
  readonly extensions: readonly Extension[];
} {
  const members = membersOf(toBeSigned);
  const [first] = members;
  const isVersioned = first?.tag === tag.context0;
  const from = isVersioned ? 1 : 0;
  const extensions = members.slice(from + 6).find(({ tag: field }) => field === 0xa3);
  return {
    version: isVersioned ? (member(first, 0, tag.integer).content[0] ?? 0) + 1 : 1,
    serialNumber: hexOf(member(members, from, tag.integer).content),
    issuer: member(members, from + 2, tag.sequence),
    subject: member(members, from + 4, tag.sequence),
    publicKey: member(members, from + 5, tag.sequence),
    extensions: extensions === undefined ? [] : readExtensions(member(extensions, 0, tag.sequence)),
  };
}

/** A key as it is where it is of another algorithm than RSA, whose keys anybody can read: two numbers (RFC 3279 section 2.3.1). */
function wellFormedKey(publicKey: Value): Value {
  const members = membersOf(publicKey);
  if (oidOf(member(member(members, 0, tag.sequence), 0, tag.oid)) !== rsaEncryption) return publicKey;
  const numbers = membersOf(
    member([readValue(member(members, 1, tag.bitString).content.subarray(1))], 0, tag.sequence),
  );
  if (numbers.length !== 2 || numbers.some((number) => number.tag !== tag.integer))
    throw new Error('the RSA key is not two numbers');
  return publicKey;
}

/** A serial number without the zero octet that only says that it is not negative. */
function withoutSign(octets: string): string {
  return /^00[89a-f]/.test(octets) ? octets.slice(2) : octets;
}

function signatureAlgorithmOf(algorithm: Value, node: NodeCertificate): Certificate['signatureAlgorithm'] {
  const members = membersOf(algorithm);
  const oid = oidOf(member(members, 0, tag.oid));
  const known = signatureAlgorithms[oid] ?? { name: node.signatureAlgorithm ?? oid, hash: null };
  return { oid, ...known, ...(oid === rsassaPss && members[1] !== undefined ? { hash: pssHash(members[1]) } : {}) };
}

/** The hash of RSASSA-PSS is a parameter, SHA-1 where it is left out: RFC 4055 section 3.1. */
function pssHash(parameters: Value): string {
  const first = membersOf(parameters).find(({ tag: field }) => field === tag.context0);
  if (first === undefined) return 'SHA-1';
  const oid = oidOf(member(member(first, 0, tag.sequence), 0, tag.oid));
  return pssHashes[oid] ?? oid;
}

function hexOf(bytes: Uint8Array): string {
  return Buffer.from(bytes.buffer, bytes.byteOffset, bytes.length).toString('hex');
}

function nodeCertificate(der: Uint8Array): NodeCertificate {
  let node: NodeCertificate;
  try {
    node = new NodeCertificate(der);
  } catch (error) {
    // Node tries PEM last, so that its own message is about PEM.
    throw new Error('the bytes are no certificate in DER', { cause: error });
  }
  if (node.raw.equals(der)) return node;
  // Node reads a first certificate and ignores what follows it: trailing bytes are not part of a certificate.
  const more = der.length - node.raw.length;
  throw new Error(
    node.raw.equals(der.subarray(0, node.raw.length))
      ? `${String(more)} ${more === 1 ? 'byte follows' : 'bytes follow'} the certificate`
      : 'the certificate is not encoded as DER',
  );
}

/** Node gives any date for a time that is none, the thirtieth of February say; only its text says so. */
function instantOf(text: string, date: Date, field: string): Date {
  if (Number.isNaN(Date.parse(text))) throw new Error(`${field} is no point in time`);
  return date;
}

/** What is known of a key; `read` may throw. */
export function publicKeyOf(read: () => KeyObject): PublicKey {
  let key: KeyObject;
  try {
    key = read();
  } catch {
    // A key of an algorithm that the platform does not know is still the key of its certificate or request.
    return { type: 'unknown', bits: null, curve: null };
  }
  const { modulusLength, namedCurve } = key.asymmetricKeyDetails ?? {};
  return {
    type: key.asymmetricKeyType ?? 'unknown',
    bits: modulusLength ?? curveBits(namedCurve),
    curve: namedCurve ?? null,
  };
}

function curveBits(curve: string | undefined): number | null {
  const digits = curve === undefined ? null : /\d{3}/.exec(curve);
  return digits === null ? null : Number(digits[0]);
}

/** What came of checking signatures: every fault and every client asks about the same few again. */
const checked = new WeakMap<Certificate, WeakMap<Certificate, boolean>>();

/** Whether `certificate` carries a signature that verifies with the key of `issuer`. RFC 5280 section 6.1.3 (a) (1). */
export function isSignedBy(certificate: Certificate, issuer: Certificate): boolean {
  const byIssuer = checked.get(certificate) ?? new WeakMap<Certificate, boolean>();
  checked.set(certificate, byIssuer);
  const result = byIssuer.get(issuer) ?? verifies(certificate, issuer);
  byIssuer.set(issuer, result);
  return result;
}

/** Certificates as the platform has them: reading one there takes longer than checking its signature. */
const nodes = new WeakMap<Certificate, NodeCertificate>();

function nodeOf(certificate: Certificate): NodeCertificate {
  return nodes.get(certificate) ?? nodeCertificate(certificate.der);
}

function verifies(certificate: Certificate, issuer: Certificate): boolean {
  try {
    return nodeOf(certificate).verify(nodeOf(issuer).publicKey);
  } catch {
    // An algorithm that the platform refuses or does not know proves nothing.
    return false;
  }
}

/** Issuer and subject are the same name. RFC 5280 section 3.2; whether it also verifies is `isSelfSigned`. */
export function isSelfIssued(certificate: Certificate): boolean {
  return certificate.subjectName === certificate.issuerName;
}

/** Self-issued, and the signature verifies with the certificate's own key. RFC 5280 section 3.2. */
export function isSelfSigned(certificate: Certificate): boolean {
  return isSelfIssued(certificate) && isSignedBy(certificate, certificate);
}

/** What a person calls the certificate: its first common name, else its first dNSName, else the whole subject. */
export function certificateTitle({ commonNames, subjectAltName, subject, sha256 }: Certificate): string {
  const names = [commonNames[0], subjectAltName?.dns[0], subject];
  return names.find((name) => name !== undefined && name.trim() !== '') ?? sha256.slice(0, 16);
}
