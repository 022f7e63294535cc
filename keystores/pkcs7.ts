import { member, membersOf, oidOf, readValue, tag } from '#x509/ber.ts';

const signedData = '1.2.840.113549.1.7.2';

/** Whether the bytes begin as PKCS #7 does: a ContentInfo of signed data (RFC 5652 section 3). */
export function isPkcs7(der: Uint8Array): boolean {
  try {
    return oidOf(member(readValue(der), 0, tag.oid)) === signedData;
  } catch {
    return false;
  }
}

/** The certificates of a degenerate SignedData (RFC 5652 section 5.1), in the order of the file. Throws where it is none. */
export function certificatesOfPkcs7(der: Uint8Array): Uint8Array[] {
  const content = member(readValue(der), 1, tag.context0);
  const parts = membersOf(member(content, 0, tag.sequence));
  // version, digestAlgorithms, encapContentInfo, then certificates [0] IMPLICIT.
  const certificates = parts.find((part) => part.tag === tag.context0);
  if (certificates === undefined) return [];
  return membersOf(certificates)
    .filter((choice) => choice.tag === tag.sequence)
    .map((choice) => choice.encoded);
}
