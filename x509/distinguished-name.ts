import { membersOf, member, oidOf, readValue, tag, type Value } from './ber.ts';

/** One attribute of a name: RFC 5280 section 4.1.2.4. */
export interface Attribute {
  /** As RFC 4514 section 3 abbreviates it, else its object identifier. */
  readonly type: string;
  /** The text, or `#` and the encoding in hexadecimal of what is none. */
  readonly value: string;
  readonly isText: boolean;
}

/** The relative distinguished names, from the most significant one down as encoded. */
export type DistinguishedName = readonly (readonly Attribute[])[];

/** A distinguished name in the form in which two equal names are equal text: one line per RDN, from the most significant one down. */
export type CanonicalName = string;

const types: Readonly<Record<string, string>> = {
  '2.5.4.3': 'CN',
  '2.5.4.4': 'SN',
  '2.5.4.6': 'C',
  '2.5.4.7': 'L',
  '2.5.4.8': 'ST',
  '2.5.4.10': 'O',
  '2.5.4.11': 'OU',
  '2.5.4.12': 'T',
  '2.5.4.42': 'G',
  '2.5.4.43': 'I',
  '0.9.2342.19200300.100.1.25': 'DC',
  '1.2.840.113549.1.9.1': 'E',
};

/** Reads a Name. Throws where it is none. */
export function readName(name: Value): DistinguishedName {
  if (name.tag !== tag.sequence) throw new Error('a name is no sequence');
  return membersOf(name).map((rdn) => {
    if (rdn.tag !== tag.set) throw new Error('a relative distinguished name is no set');
    return membersOf(rdn).map(attributeOf);
  });
}

function attributeOf(attribute: Value): Attribute {
  const members = membersOf(attribute);
  const value = members[1];
  if (attribute.tag !== tag.sequence || value === undefined) throw new Error('an attribute has no value');
  const oid = oidOf(member(members, 0, tag.oid));
  const text = textOf(value);
  return {
    type: types[oid] ?? oid,
    value: text ?? `#${Buffer.from(value.encoded).toString('hex')}`,
    isText: text !== null,
  };
}

/** The text of a DirectoryString or an IA5String; null for a value of another sort. */
function textOf({ tag: sort, content }: Value): string | null {
  const bytes = Buffer.from(content.buffer, content.byteOffset, content.length);
  switch (sort) {
    case tag.utf8String:
      return bytes.toString('utf8');
    case tag.printableString:
    case tag.teletexString:
    case tag.ia5String:
      return bytes.toString('latin1');
    case tag.bmpString:
      return Buffer.from(bytes.subarray(0, bytes.length & ~1))
        .swap16()
        .toString('utf16le');
    case tag.universalString:
      return Array.from({ length: bytes.length >> 2 }, (_, place) => characterOf(bytes.readUInt32BE(4 * place))).join(
        '',
      );
    default:
      return null;
  }
}

function characterOf(codePoint: number): string {
  return codePoint > 0x10ffff ? '\ufffd' : String.fromCodePoint(codePoint);
}

/** The values of the attributes of one type, in order. */
export function valuesOf(name: DistinguishedName, type: string): string[] {
  return name.flatMap((rdn) => rdn.filter((attribute) => attribute.type === type).map(({ value }) => value));
}

/** A name for people: RFC 4514, in the order as encoded. */
export function nameText(name: DistinguishedName): string {
  return name.map((rdn) => rdn.map(attributeText).join('+')).join(', ');
}

function attributeText({ type, value, isText }: Attribute): string {
  return `${type}=${isText ? escaped(value) : value}`;
}

/** RFC 4514 section 2.4. */
function escaped(value: string): string {
  return value
    .replace(/[,+"\\<>;]/g, '\\$&')
    .replace(/^[ #]/, '\\$&')
    .replace(/ $/, '\\$&')
    .replace(/[\r\n\t]/g, (character) => `\\${Buffer.from(character).toString('hex').toUpperCase()}`);
}

/** A distinguished name in DER as text, for people; null where it cannot be read. */
export function nameTitle(der: Uint8Array): string | null {
  try {
    return nameText(readName(readValue(der)));
  } catch {
    return null;
  }
}

/**
 * Brings a name into the form for comparing: the string type does not matter, nor do case and the number of blanks.
 * RFC 5280 section 7.1; what is no string is compared by its encoding.
 */
export function canonicalName(name: DistinguishedName): CanonicalName {
  return (
    name
      // The members of an RDN are a set.
      .map((rdn) =>
        rdn
          .map(({ type, value }) => `${type}=${canonicalValue(value)}`)
          .sort()
          .join('\t'),
      )
      .join('\n')
  );
}

function canonicalValue(value: string): string {
  return value.normalize('NFKC').toLowerCase().trim().replace(/\s+/g, ' ');
}

/** Whether `name` lies in the subtree under `base`: it begins with its RDNs. RFC 5280 section 4.2.1.10. */
export function isBelow(name: CanonicalName, base: CanonicalName): boolean {
  return base === '' || name === base || name.startsWith(`${base}\n`);
}
