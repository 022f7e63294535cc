import 'reflect-metadata';
import { X509Certificate as NodeCertificate, type KeyObject } from 'node:crypto';
import {
  AuthorityKeyIdentifierExtension,
  BasicConstraintsExtension,
  CRLDistributionPointsExtension,
  CertificatePolicyExtension,
  ExtendedKeyUsageExtension,
  KeyUsageFlags,
  KeyUsagesExtension,
  Name,
  SubjectAlternativeNameExtension,
  SubjectKeyIdentifierExtension,
  X509Certificate as PeculiarCertificate,
} from '@peculiar/x509';
import { sha256 } from '#model/digest.ts';
import type { Sha256 } from '#model/names.ts';
import { canonicalName, type CanonicalName } from './distinguished-name.ts';
import { readNameConstraints, type NameConstraints } from './name-constraints.ts';
import { signatureAlgorithms } from './oids.ts';

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
  /** Hexadecimal. */
  readonly subjectKeyIdentifier: string | null;
  readonly authorityKeyIdentifier: string | null;
}

/** Bytes sent as a certificate that cannot be read as one. */
export interface Malformed {
  readonly sha256: Sha256;
  readonly malformed: string;
}

const rsassaPss = '1.2.840.113549.1.1.10';
const nameConstraints = '2.5.29.30';

const keyUsageNames: readonly (readonly [KeyUsageFlags, string])[] = [
  [KeyUsageFlags.digitalSignature, 'digitalSignature'],
  [KeyUsageFlags.nonRepudiation, 'nonRepudiation'],
  [KeyUsageFlags.keyEncipherment, 'keyEncipherment'],
  [KeyUsageFlags.dataEncipherment, 'dataEncipherment'],
  [KeyUsageFlags.keyAgreement, 'keyAgreement'],
  [KeyUsageFlags.keyCertSign, 'keyCertSign'],
  [KeyUsageFlags.cRLSign, 'cRLSign'],
  [KeyUsageFlags.encipherOnly, 'encipherOnly'],
  [KeyUsageFlags.decipherOnly, 'decipherOnly'],
];

/** The names of a keyUsage, as in RFC 5280 section 4.2.1.3. */
export function keyUsageTitles(usages: KeyUsageFlags): string[] {
  return keyUsageNames.filter(([flag]) => (usages & flag) !== 0).map(([, name]) => name);
}

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
  const parsed = new PeculiarCertificate(new Uint8Array(der));
  const names = parsed.extensions.find((extension) => extension instanceof SubjectAlternativeNameExtension)?.names
    .items;
  const constraints = parsed.extensions.find((extension) => extension instanceof BasicConstraintsExtension);
  const usages = parsed.extensions.find((extension) => extension instanceof KeyUsagesExtension)?.usages;
  const purposes = parsed.extensions.find((extension) => extension instanceof ExtendedKeyUsageExtension)?.usages;
  const subtrees = parsed.extensions.find((extension) => extension.type === nameConstraints);
  const oid = node.signatureAlgorithmOid;
  // The hash of RSASSA-PSS is a parameter, SHA-1 where it is left out: RFC 4055 section 3.1.
  const hash = oid === rsassaPss ? (parsed.signatureAlgorithm.hash as { name: string } | undefined)?.name : undefined;
  const namesOf = (kind: string): string[] =>
    names?.filter((name) => name.type === kind).map((name) => name.value) ?? [];

  return {
    sha256: sha256(der),
    der,
    ...beginningOf(der),
    subject: parsed.subject,
    issuer: parsed.issuer,
    subjectName: canonicalName(parsed.subjectName.toJSON()),
    issuerName: canonicalName(parsed.issuerName.toJSON()),
    commonNames: parsed.subjectName.getField('CN'),
    serialNumber: parsed.serialNumber.toUpperCase(),
    notBefore: instantOf(node.validFrom, node.validFromDate, 'notBefore'),
    notAfter: instantOf(node.validTo, node.validToDate, 'notAfter'),
    publicKey: publicKeyOf(() => node.publicKey),
    subjectPublicKeyInfo: Buffer.from(parsed.publicKey.rawData).toString('hex'),
    signatureAlgorithm: {
      oid,
      ...(signatureAlgorithms[oid] ?? { name: node.signatureAlgorithm ?? oid, hash: null }),
      ...(hash === undefined ? {} : { hash }),
    },
    extensions: parsed.extensions.map((extension) => ({ oid: extension.type, critical: extension.critical })),
    subjectAltName:
      names === undefined
        ? null
        : {
            dns: namesOf('dns'),
            ip: namesOf('ip'),
            others: names.filter((name) => name.type !== 'dns' && name.type !== 'ip').length,
          },
    nameConstraints: subtrees === undefined ? null : readNameConstraints(subtrees.value),
    basicConstraints:
      constraints === undefined ? null : { ca: constraints.ca, pathLength: constraints.pathLength ?? null },
    keyUsage: usages === undefined ? null : keyUsageTitles(usages),
    extKeyUsage: purposes?.map(String) ?? null,
    policies: parsed.extensions.find((extension) => extension instanceof CertificatePolicyExtension)?.policies ?? [],
    crlUrls: (
      parsed.extensions.find((extension) => extension instanceof CRLDistributionPointsExtension)?.distributionPoints ??
      []
    ).flatMap(({ distributionPoint }) =>
      (distributionPoint?.fullName ?? []).flatMap(({ uniformResourceIdentifier: url }) =>
        url === undefined ? [] : [url],
      ),
    ),
    subjectKeyIdentifier:
      parsed.extensions.find((extension) => extension instanceof SubjectKeyIdentifierExtension)?.keyId ?? null,
    authorityKeyIdentifier:
      parsed.extensions.find((extension) => extension instanceof AuthorityKeyIdentifierExtension)?.keyId ?? null,
  };
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

/**
 * What stands first in TBSCertificate, as encoded: the version, [0] EXPLICIT INTEGER and one less than it is called, left out
 * for 1; then serialNumber, whose sign no library keeps.
 */
function beginningOf(der: Uint8Array): Pick<Certificate, 'version' | 'serialOctets'> {
  /** Where the content of the value at `place` begins and ends, past its tag and its length of one or of several octets. */
  const contentOf = (place: number): readonly [from: number, to: number] => {
    const length = der[place + 1] ?? 0;
    if (length < 0x80) return [place + 2, place + 2 + length];
    const from = place + 2 + (length & 0x7f);
    return [from, from + Number.parseInt(Buffer.from(der.subarray(place + 2, from)).toString('hex'), 16)];
  };
  const [first] = contentOf(contentOf(0)[0]);
  const [version, afterVersion] = contentOf(first);
  const hasVersion = der[first] === 0xa0;
  const serial = contentOf(hasVersion ? afterVersion : first);
  return {
    version: hasVersion ? (der[contentOf(version)[0]] ?? 0) + 1 : 1,
    serialOctets: Buffer.from(der.subarray(...serial)).toString('hex'),
  };
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

function verifies(certificate: Certificate, issuer: Certificate): boolean {
  try {
    return new NodeCertificate(certificate.der).verify(new NodeCertificate(issuer.der).publicKey);
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

/** A distinguished name in DER as text, for people; null where it cannot be read. */
export function nameTitle(der: Uint8Array): string | null {
  try {
    return new Name(new Uint8Array(der)).toString();
  } catch {
    return null;
  }
}

/** What a person calls the certificate: its first common name, else its first dNSName, else the whole subject. */
export function certificateTitle({ commonNames, subjectAltName, subject, sha256 }: Certificate): string {
  const names = [commonNames[0], subjectAltName?.dns[0], subject];
  return names.find((name) => name !== undefined && name.trim() !== '') ?? sha256.slice(0, 16);
}
