import 'reflect-metadata';
import { createPublicKey, verify, type KeyObject } from 'node:crypto';
import {
  ExtendedKeyUsageExtension,
  KeyUsagesExtension,
  Pkcs10CertificateRequest,
  SubjectAlternativeNameExtension,
} from '@peculiar/x509';
import { member, membersOf, oidOf, readValue, tag } from './ber.ts';
import { keyUsageTitles, publicKeyOf, type PublicKey } from './certificate.ts';
import { signatureAlgorithms } from './oids.ts';

/** A certification request (RFC 2986) read from its DER. */
export interface CertificationRequest {
  readonly subject: string;
  readonly commonNames: readonly string[];
  readonly publicKey: PublicKey;
  /** SubjectPublicKeyInfo as DER, hexadecimal. */
  readonly subjectPublicKeyInfo: string;
  /** Of the extensionRequest attribute (RFC 2985 section 5.4.2); null where it asks for no names. */
  readonly subjectAltName: { readonly dns: readonly string[]; readonly ip: readonly string[] } | null;
  readonly keyUsage: readonly string[] | null;
  /** Object identifiers. */
  readonly extKeyUsage: readonly string[] | null;
  /** Whether the signature verifies with the request's own key; null where the platform does not know the algorithm. */
  readonly isSignatureValid: boolean | null;
}

/** A request for a thousand names is a tenth of this. */
const mostOctets = 256 * 1024;

/** Reads DER. Throws an Error that says what is wrong with it. */
export function readCertificationRequest(der: Uint8Array): CertificationRequest {
  if (der.length > mostOctets) throw new Error(`it has more than ${String(mostOctets)} octets`);
  const request = new Pkcs10CertificateRequest(new Uint8Array(der));
  const names = request.extensions.find((extension) => extension instanceof SubjectAlternativeNameExtension)?.names
    .items;
  const usages = request.extensions.find((extension) => extension instanceof KeyUsagesExtension)?.usages;
  const purposes = request.extensions.find((extension) => extension instanceof ExtendedKeyUsageExtension)?.usages;
  const namesOf = (kind: string): string[] =>
    names?.filter((name) => name.type === kind).map((name) => name.value) ?? [];
  return {
    subject: request.subject,
    commonNames: request.subjectName.getField('CN'),
    publicKey: publicKeyOf(() => keyOf(request)),
    subjectPublicKeyInfo: Buffer.from(request.publicKey.rawData).toString('hex'),
    subjectAltName: names === undefined ? null : { dns: namesOf('dns'), ip: namesOf('ip') },
    keyUsage: usages === undefined ? null : keyUsageTitles(usages),
    extKeyUsage: purposes?.map(String) ?? null,
    isSignatureValid: verifies(der, request),
  };
}

function keyOf({ publicKey }: Pkcs10CertificateRequest): KeyObject {
  return createPublicKey({ key: Buffer.from(publicKey.rawData), format: 'der', type: 'spki' });
}

function verifies(der: Uint8Array, request: Pkcs10CertificateRequest): boolean | null {
  try {
    const [info, algorithm] = membersOf(readValue(der));
    if (info === undefined || algorithm === undefined) return null;
    const known = signatureAlgorithms[oidOf(member(algorithm, 0, tag.oid))];
    if (known === undefined) return null;
    return verify(known.hash, info.encoded, keyOf(request), Buffer.from(request.signature));
  } catch {
    // What the platform cannot compute proves nothing either way.
    return null;
  }
}
