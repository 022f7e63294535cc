import { countOf, member, membersOf, oidOf, readValue, tag, type Value } from './ber.ts';
import { readGeneralName, readGeneralNames, type GeneralName } from './general-name.ts';

/** One extension: RFC 5280 section 4.1.2.9. `value`: the content of its OCTET STRING. */
export interface Extension {
  readonly oid: string;
  readonly critical: boolean;
  readonly value: Uint8Array;
}

/** Reads Extensions. Throws where they are none, or where one that is known by name does not hold what it should. */
export function readExtensions(extensions: Value): Extension[] {
  const all = membersOf(extensions).map(extensionOf);
  // What nothing here asks about must be well formed, too: to the clients that read it the certificate is malformed.
  for (const { oid, value } of all) known[oid]?.(readValue(value));
  return all;
}

function extensionOf(extension: Value): Extension {
  const members = membersOf(extension);
  const hasCritical = members[1]?.tag === tag.boolean;
  return {
    oid: oidOf(member(members, 0, tag.oid)),
    critical: hasCritical && (members[1]?.content[0] ?? 0) !== 0,
    value: member(members, hasCritical ? 2 : 1, tag.octetString).content,
  };
}

/** What the first extension of this kind says; null where there is none. */
export function saidBy<T>(extensions: readonly Extension[], oid: string, read: (value: Value) => T): T | null {
  const first = extensions.find((extension) => extension.oid === oid);
  return first === undefined ? null : read(readValue(first.value));
}

export const extension = {
  subjectKeyIdentifier: '2.5.29.14',
  keyUsage: '2.5.29.15',
  subjectAltName: '2.5.29.17',
  issuerAltName: '2.5.29.18',
  basicConstraints: '2.5.29.19',
  nameConstraints: '2.5.29.30',
  cRLDistributionPoints: '2.5.29.31',
  certificatePolicies: '2.5.29.32',
  authorityKeyIdentifier: '2.5.29.35',
  extKeyUsage: '2.5.29.37',
  authorityInfoAccess: '1.3.6.1.5.5.7.1.1',
} as const;

/** Names of a subjectAltName by kind. */
export function readAlternativeNames(value: Value): { dns: string[]; ip: string[]; others: number } {
  const names = alternativeNames(value);
  const of = (wanted: 'dns' | 'ip'): string[] => names.flatMap((name) => (name.kind === wanted ? [name.value] : []));
  const [dns, ip] = [of('dns'), of('ip')];
  return { dns, ip, others: names.length - dns.length - ip.length };
}

function alternativeNames(value: Value): GeneralName[] {
  if (value.tag !== tag.sequence) throw new Error('alternative names are no sequence');
  return readGeneralNames(value);
}

export function readBasicConstraints(value: Value): { ca: boolean; pathLength: number | null } {
  const members = sequenceOf(value);
  const hasCa = members[0]?.tag === tag.boolean;
  const pathLength = members[hasCa ? 1 : 0];
  if (pathLength !== undefined && pathLength.tag !== tag.integer) throw new Error('a path length is no number');
  return {
    ca: hasCa && (members[0]?.content[0] ?? 0) !== 0,
    pathLength: pathLength === undefined ? null : countOf(pathLength, 2 ** 31 - 1),
  };
}

const usages = [
  'digitalSignature',
  'nonRepudiation',
  'keyEncipherment',
  'dataEncipherment',
  'keyAgreement',
  'keyCertSign',
  'cRLSign',
  'encipherOnly',
  'decipherOnly',
] as const;

/** Names as in RFC 5280 section 4.2.1.3. */
export function readKeyUsage({ tag: sort, content }: Value): string[] {
  if (sort !== tag.bitString || (content[0] ?? 8) > 7) throw new Error('a key usage is no bit string');
  return usages.filter((_, bit) => ((content[1 + (bit >> 3)] ?? 0) & (0x80 >> (bit & 7))) !== 0);
}

/** Object identifiers. */
export function readExtKeyUsage(value: Value): string[] {
  return sequenceOf(value).map((purpose) => oidOf(member([purpose], 0, tag.oid)));
}

/** Object identifiers of certificatePolicies. */
export function readPolicies(value: Value): string[] {
  return sequenceOf(value).map((policy) => oidOf(member(policy, 0, tag.oid)));
}

/** URLs of cRLDistributionPoints, in order. */
export function readCrlUrls(value: Value): string[] {
  return sequenceOf(value).flatMap((point) =>
    sequenceOf(point)
      // [0] distributionPoint, in it [0] fullName.
      .filter(({ tag: field }) => field === tag.context0)
      .flatMap(membersOf)
      .filter(({ tag: choice }) => choice === tag.context0)
      .flatMap(readGeneralNames)
      .flatMap((name) => (name.kind === 'url' ? [name.value] : [])),
  );
}

/** Hexadecimal. */
export function readSubjectKeyIdentifier({ tag: sort, content }: Value): string {
  if (sort !== tag.octetString) throw new Error('a key identifier is no octet string');
  return Buffer.from(content).toString('hex');
}

/** The key identifier in hexadecimal; null where the issuer is named in another way. */
export function readAuthorityKeyIdentifier(value: Value): string | null {
  const fields = sequenceOf(value);
  // authorityCertIssuer, which nothing here asks about.
  for (const field of fields) if (field.tag === 0xa1) readGeneralNames(field);
  const identifier = fields.find(({ tag: field }) => field === 0x80);
  return identifier === undefined ? null : Buffer.from(identifier.content).toString('hex');
}

/** id-ad-caIssuers, RFC 5280 section 4.2.2.1. */
const caIssuers = '1.3.6.1.5.5.7.48.2';

/** URLs of authorityInfoAccess at which the issuer's certificate is published, in order: those of id-ad-caIssuers. */
export function readCaIssuersUrls(value: Value): string[] {
  return sequenceOf(value).flatMap((access) => {
    const method = oidOf(member(access, 0, tag.oid));
    const location = membersOf(access)[1];
    if (location === undefined) throw new Error('an access has no location');
    const name = readGeneralName(location);
    return method === caIssuers && name.kind === 'url' ? [name.value] : [];
  });
}

/** The members of what must be a SEQUENCE. */
function sequenceOf(value: Value): Value[] {
  return membersOf(member([value], 0, tag.sequence));
}

const known: Readonly<Record<string, (value: Value) => unknown>> = {
  [extension.subjectKeyIdentifier]: readSubjectKeyIdentifier,
  [extension.keyUsage]: readKeyUsage,
  [extension.subjectAltName]: alternativeNames,
  [extension.issuerAltName]: alternativeNames,
  [extension.basicConstraints]: readBasicConstraints,
  [extension.cRLDistributionPoints]: readCrlUrls,
  [extension.certificatePolicies]: readPolicies,
  [extension.authorityKeyIdentifier]: readAuthorityKeyIdentifier,
  [extension.extKeyUsage]: readExtKeyUsage,
  [extension.authorityInfoAccess]: readCaIssuersUrls,
};

/** The extension that occurs more than once, where one does: readers that go on take the first, or the last (RFC 5280 section 4.2). */
export function repeatedExtension(extensions: readonly { readonly oid: string }[]): string | null {
  const oids = extensions.map(({ oid }) => oid);
  return oids.find((oid, place) => oids.indexOf(oid) !== place) ?? null;
}
