import { createPublicKey, verify, type KeyObject } from 'node:crypto';
import { member, membersOf, oidOf, readValue, tag, type Value } from './ber.ts';
import { publicKeyOf, type PublicKey } from './certificate.ts';
import { nameText, readName, valuesOf } from './distinguished-name.ts';
import {
  extension,
  readAlternativeNames,
  readExtensions,
  readExtKeyUsage,
  readKeyUsage,
  saidBy,
  type Extension,
} from './extensions.ts';
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
  const [info, algorithm, signature] = membersOf(readValue(der));
  if (info === undefined || algorithm === undefined || signature?.tag !== tag.bitString)
    throw new Error('it is no certification request');
  // CertificationRequestInfo, RFC 2986 section 4.1: version, subject, key, [0] attributes.
  const fields = membersOf(info);
  member(fields, 0, tag.integer);
  const subject = readName(member(fields, 1, tag.sequence));
  const spki = Buffer.from(member(fields, 2, tag.sequence).encoded);
  const extensions = requestedExtensions(fields[3]);
  const names = saidBy(extensions, extension.subjectAltName, readAlternativeNames);
  return {
    subject: nameText(subject),
    commonNames: valuesOf(subject, 'CN'),
    publicKey: publicKeyOf(() => keyOf(spki)),
    subjectPublicKeyInfo: spki.toString('hex'),
    subjectAltName: names === null ? null : { dns: names.dns, ip: names.ip },
    keyUsage: saidBy(extensions, extension.keyUsage, readKeyUsage),
    extKeyUsage: saidBy(extensions, extension.extKeyUsage, readExtKeyUsage),
    isSignatureValid: verifies(info, algorithm, signature, spki),
  };
}

const extensionRequest = '1.2.840.113549.1.9.14';

function requestedExtensions(attributes: Value | undefined): Extension[] {
  if (attributes?.tag !== tag.context0) return [];
  const asked = membersOf(attributes).find((attribute) => oidOf(member(attribute, 0, tag.oid)) === extensionRequest);
  return asked === undefined ? [] : readExtensions(member(member(asked, 1, tag.set), 0, tag.sequence));
}

function keyOf(spki: Buffer): KeyObject {
  return createPublicKey({ key: spki, format: 'der', type: 'spki' });
}

function verifies(info: Value, algorithm: Value, signature: Value, spki: Buffer): boolean | null {
  try {
    const known = signatureAlgorithms[oidOf(member(algorithm, 0, tag.oid))];
    if (known === undefined) return null;
    // The first octet of a BIT STRING counts bits that are not used: of a signature none.
    return verify(known.hash, info.encoded, keyOf(spki), signature.content.subarray(1));
  } catch {
    // What the platform cannot compute proves nothing either way.
    return null;
  }
}
