import type { FileContents } from '#model/certificate-file.ts';
import { isReadable, readCertificate, type Certificate } from '#x509/certificate.ts';
import { member, membersOf, octetsOf, oidOf, readValue, tag, type Value } from '#x509/ber.ts';
import { Gathering, type Reading } from './contents.ts';
import { decrypt, isMacRight, UnknownScheme } from './pkcs12-decryption.ts';

const data = '1.2.840.113549.1.7.1';
const encryptedData = '1.2.840.113549.1.7.6';

/** RFC 7292 section 4.2. */
const bag = {
  key: '1.2.840.113549.1.12.10.1.1',
  shroudedKey: '1.2.840.113549.1.12.10.1.2',
  certificate: '1.2.840.113549.1.12.10.1.3',
  safeContents: '1.2.840.113549.1.12.10.1.6',
} as const;
const x509Certificate = '1.2.840.113549.1.9.22.1';
const friendlyName = '1.2.840.113549.1.9.20';
const localKeyId = '1.2.840.113549.1.9.21';
/** Java marks a trusted certificate with it: sun.security.pkcs12.PKCS12KeyStore. */
const trustedKeyUsage = '2.16.840.1.113894.746875.1.1';

/** Bags within bags; nobody writes more than one level. */
const deepest = 4;
const mostKeysTried = 16;
const mostBags = 20_000;

/** Whether the bytes begin as PKCS #12 does: version 3, then a ContentInfo (RFC 7292 section 4). */
export function isPkcs12(der: Uint8Array): boolean {
  try {
    const [version, content] = membersOf(readValue(der));
    return (
      version?.tag === tag.integer &&
      version.content.length === 1 &&
      version.content[0] === 3 &&
      content?.tag === tag.sequence &&
      membersOf(content)[0]?.tag === tag.oid
    );
  } catch {
    return false;
  }
}

interface Bag {
  readonly sort: string;
  readonly value: Value;
  readonly name: string;
  readonly keyId: string | null;
  readonly isTrusted: boolean;
}

/** Reads a PKCS #12 file (RFC 7292). Without the password only what was not encrypted can be listed, and the rest is said to be locked. */
export function readPkcs12(der: Uint8Array, password: string | null): Reading {
  const gathering = new Gathering();
  try {
    const [, authSafe, macData] = membersOf(readValue(der));
    if (authSafe === undefined) throw new Error('it has no contents');
    if (oidOf(member(authSafe, 0, tag.oid)) !== data)
      throw new Error('it is signed with a key in place of a password, which no product here reads');
    const contents = octetsOf(member(member(authSafe, 1, tag.context0), 0, tag.octetString));
    const integrity = integrityOf(macData, contents, password);
    if (integrity === 'refused') {
      gathering.parts.push({ holds: 'locked', what: 'the whole file: the password is not that of the file' });
    } else {
      const bags = membersOf(readValue(contents)).flatMap((safe) => bagsOf(safe, password, gathering));
      sortOut(bags, password, gathering);
    }
    return gathering.reading({ format: 'PKCS #12', integrity });
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    gathering.parts.push({ holds: 'broken', where: 'the file', reason });
    return gathering.reading({ format: 'PKCS #12' });
  }
}

/**
 * The private keys of a PKCS #12 file as they lie in it: EncryptedPrivateKeyInfo under the same password, or PrivateKeyInfo (RFC 5958),
 * DER. Nothing of them is opened here. Throws an Error where the file is damaged or the password is not that of the file.
 */
export function sealedKeysIn(der: Uint8Array, password: string | null): Uint8Array[] {
  const [, authSafe, macData] = membersOf(readValue(der));
  if (authSafe === undefined) throw new Error('it has no contents');
  const contents = octetsOf(member(member(authSafe, 1, tag.context0), 0, tag.octetString));
  if (integrityOf(macData, contents, password) === 'refused') throw new Error('the password is not that of the file');
  const bags = membersOf(readValue(contents)).flatMap((safe) => bagsOf(safe, password, new Gathering()));
  return bags.filter(({ sort }) => sort === bag.key || sort === bag.shroudedKey).map(({ value }) => value.encoded);
}

function integrityOf(
  macData: Value | undefined,
  contents: Uint8Array,
  password: string | null,
): FileContents['integrity'] {
  if (macData === undefined || password === null) return 'not-checked';
  const isRight = isMacRight(macData, contents, password);
  return isRight === null ? 'not-checked' : isRight ? 'verified' : 'refused';
}

/** The bags of one ContentInfo of the authenticated safe. */
function bagsOf(safe: Value, password: string | null, gathering: Gathering): Bag[] {
  const sort = oidOf(member(safe, 0, tag.oid));
  const content = member(safe, 1, tag.context0);
  if (sort === data) return readBags(octetsOf(member(content, 0, tag.octetString)));
  if (sort !== encryptedData) {
    gathering.parts.push({ holds: 'locked', what: 'a part encrypted to a key in place of a password' });
    return [];
  }
  // EncryptedData: version, EncryptedContentInfo of type, algorithm, [0] IMPLICIT content (RFC 5652 section 8).
  const [, algorithm, sealed] = membersOf(member(member(content, 0, tag.sequence), 1, tag.sequence));
  if (algorithm === undefined || sealed === undefined) throw new Error('an encrypted part is cut off');
  if (password === null) {
    gathering.parts.push({ holds: 'locked', what: 'a part that only the password opens' });
    return [];
  }
  try {
    return readBags(decrypt(algorithm, octetsOf(sealed), password));
  } catch (error) {
    const what = error instanceof UnknownScheme ? error.message : 'the password does not open it';
    gathering.parts.push({ holds: 'locked', what: `a part: ${what}` });
    return [];
  }
}

function readBags(safeContents: Uint8Array, depth = 0): Bag[] {
  const bags = membersOf(readValue(safeContents)).flatMap((each): Bag[] => {
    const [identifier, wrapped, attributes] = membersOf(each);
    if (identifier?.tag !== tag.oid || wrapped?.tag !== tag.context0) throw new Error('a bag is none');
    const sort = oidOf(identifier);
    const value = readValue(wrapped.content);
    if (sort === bag.safeContents && depth < deepest) return readBags(value.encoded, depth + 1);
    const held = new Map<string, Value | undefined>();
    for (const attribute of attributes === undefined ? [] : membersOf(attributes))
      held.set(oidOf(member(attribute, 0, tag.oid)), membersOf(member(attribute, 1, tag.set))[0]);
    const name = held.get(friendlyName);
    const keyId = held.get(localKeyId);
    return [
      {
        sort,
        value,
        // A BMPString: UTF-16, the high octet first.
        name: name === undefined ? '' : new TextDecoder('utf-16be').decode(name.content),
        keyId: keyId === undefined ? null : Buffer.from(keyId.content).toString('hex'),
        isTrusted: held.has(trustedKeyUsage),
      },
    ];
  });
  if (bags.length > mostBags) throw new Error(`more than ${String(mostBags)} bags`);
  return bags;
}

/** Bags to entries as Java and OpenSSL pair them: a key with the certificate of its localKeyId, that one with its issuers. */
function sortOut(bags: readonly Bag[], password: string | null, gathering: Gathering): void {
  const certificates = bags
    .filter(({ sort }) => sort === bag.certificate)
    .flatMap((each) => {
      const [type, value] = membersOf(each.value);
      if (type === undefined || value === undefined || oidOf(type) !== x509Certificate) return [];
      const der = octetsOf(readValue(value.content));
      return [{ ...each, digest: gathering.certificate(der), read: readCertificate(der) }];
    });
  const used = new Set<string>();
  let tried = 0;
  for (const { sort, value, name, keyId } of bags) {
    if (sort !== bag.key && sort !== bag.shroudedKey) continue;
    const isTried = sort === bag.shroudedKey && password !== null && tried < mostKeysTried;
    if (isTried) tried += 1;
    const own = certificates.find((each) => keyId !== null && each.keyId === keyId);
    const others = certificates.map(({ read }) => read).filter(isReadable);
    const chain = own === undefined ? [] : isReadable(own.read) ? chainOf(own.read, others) : [];
    const digests = own === undefined ? [] : [own.digest, ...chain.map(({ sha256 }) => sha256)];
    for (const digest of digests) used.add(digest);
    gathering.parts.push({
      holds: 'key-entry',
      alias: name === '' ? (own?.name ?? '') : name,
      created: null,
      chain: digests,
      key: isTried ? opens(value, password) : 'not-tried',
    });
  }
  for (const { name, isTrusted, digest } of certificates) {
    if (isTrusted) gathering.parts.push({ holds: 'trusted-entry', alias: name, created: null, certificate: digest });
    else if (!used.has(digest)) gathering.parts.push({ holds: 'certificate', certificate: digest });
  }
}

/** The issuers above a certificate, by name as Java follows them. */
function chainOf(first: Certificate, others: readonly Certificate[]): Certificate[] {
  const bySubject = new Map(others.map((each) => [each.subjectName, each]));
  const chain: Certificate[] = [];
  for (let last = first; last.subjectName !== last.issuerName;) {
    const issuer = bySubject.get(last.issuerName);
    if (issuer === undefined || issuer === first || chain.includes(issuer)) break;
    chain.push(issuer);
    last = issuer;
  }
  return chain;
}

function opens(shrouded: Value, password: string): 'opened' | 'refused' | 'not-tried' {
  const [algorithm, sealed] = membersOf(shrouded);
  if (algorithm === undefined || sealed === undefined) return 'not-tried';
  try {
    const key = decrypt(algorithm, octetsOf(sealed), password);
    const isKey = key[0] === tag.sequence && readValue(key).encoded.length === key.length;
    key.fill(0);
    return isKey ? 'opened' : 'refused';
  } catch (error) {
    return error instanceof UnknownScheme ? 'not-tried' : 'refused';
  }
}
