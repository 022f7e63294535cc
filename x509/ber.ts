/** One value of the Basic Encoding Rules (ITU-T X.690): its tag octet, and where its content lies. Nothing is copied. */
export interface Value {
  readonly tag: number;
  /** The whole encoding, tag and length with it. */
  readonly encoded: Uint8Array;
  readonly content: Uint8Array;
  readonly isIndefinite: boolean;
}

/** Indefinite lengths lie within one another in a few levels; the bound keeps a hostile file from the stack. */
const deepest = 32;

/** More members than any key store has entries. */
const mostMembers = 20_000;

export const tag = {
  boolean: 0x01,
  integer: 0x02,
  bitString: 0x03,
  octetString: 0x04,
  oid: 0x06,
  utf8String: 0x0c,
  printableString: 0x13,
  teletexString: 0x14,
  ia5String: 0x16,
  universalString: 0x1c,
  bmpString: 0x1e,
  sequence: 0x30,
  set: 0x31,
  /** [0] EXPLICIT or constructed. */
  context0: 0xa0,
} as const;

/** Reads the value at the beginning of `bytes`; only its own header is looked at. Throws where it is none or does not fit. */
export function readValue(bytes: Uint8Array, depth = 0): Value {
  const [first, length] = bytes;
  if (first === undefined || length === undefined) throw new Error('the data end in the middle of a value');
  // Tags of several octets occur in nothing that is read here.
  if ((first & 0x1f) === 0x1f) throw new Error('a tag of several octets, which no key store has');
  if (length === 0x80) return readIndefinite(bytes, depth);
  const octets = length & 0x7f;
  const isLong = length > 0x80;
  if (isLong && octets > 4) throw new Error('a length of more than four octets');
  const from = isLong ? 2 + octets : 2;
  const size = isLong ? bytes.subarray(2, from).reduce((sum, octet) => sum * 256 + octet, 0) : length;
  if (from + size > bytes.length) throw new Error('a value is longer than the data that hold it');
  return {
    tag: first,
    encoded: bytes.subarray(0, from + size),
    content: bytes.subarray(from, from + size),
    isIndefinite: false,
  };
}

/** X.690 section 8.1.3.6: the content ends at two zero octets of the same level. */
function readIndefinite(bytes: Uint8Array, depth: number): Value {
  if (depth > deepest) throw new Error('values lie too deep within one another');
  let place = 2;
  for (let count = 0; count < mostMembers; count += 1) {
    if (bytes[place] === 0 && bytes[place + 1] === 0) {
      return {
        tag: bytes[0] ?? 0,
        encoded: bytes.subarray(0, place + 2),
        content: bytes.subarray(2, place),
        isIndefinite: true,
      };
    }
    place += readValue(bytes.subarray(place), depth + 1).encoded.length;
  }
  throw new Error(`more than ${String(mostMembers)} values in one`);
}

/** The values within a constructed one, in order. */
export function membersOf(value: Value): Value[] {
  const members: Value[] = [];
  for (let rest = value.content; rest.length > 0;) {
    if (members.length >= mostMembers) throw new Error(`more than ${String(mostMembers)} values in one`);
    const member = readValue(rest);
    members.push(member);
    rest = rest.subarray(member.encoded.length);
  }
  return members;
}

/** The member at `place`, which must have this tag. */
export function member(of: Value | readonly Value[], place: number, wanted: number): Value {
  const value = (Array.isArray(of) ? (of as readonly Value[]) : membersOf(of as Value))[place];
  if (value?.tag !== wanted)
    throw new Error(`value ${String(place + 1)} has the tag ${hex(value?.tag)}, not ${hex(wanted)}`);
  return value;
}

function hex(octet: number | undefined): string {
  return octet === undefined ? 'of none' : `0x${octet.toString(16).padStart(2, '0')}`;
}

/** The octets of an OCTET STRING; BER may cut it into pieces (X.690 section 8.7.3). */
export function octetsOf(value: Value, depth = 0): Uint8Array {
  if ((value.tag & 0x20) === 0) return value.content;
  if (depth > deepest) throw new Error('values lie too deep within one another');
  return Buffer.concat(membersOf(value).map((piece) => octetsOf(piece, depth + 1)));
}

/** An OBJECT IDENTIFIER in its dotted form. Throws where it ends in the middle of an arc. */
export function oidOf({ content }: Pick<Value, 'content'>): string {
  if ((content.at(-1) ?? 0x80) >= 0x80) throw new Error('an object identifier without an end');
  const arcs: number[] = [];
  let arc = 0;
  for (const octet of content) {
    arc = arc * 128 + (octet & 0x7f);
    if (octet >= 0x80) continue;
    if (arcs.length === 0) arcs.push(Math.min(Math.floor(arc / 40), 2), arc - 40 * Math.min(Math.floor(arc / 40), 2));
    else arcs.push(arc);
    arc = 0;
  }
  return arcs.join('.');
}

/** An INTEGER that counts something. Throws where it is negative or above `most`. */
export function countOf({ content }: Value, most: number): number {
  const count =
    (content[0] ?? 0) >= 0x80 || content.length > 6 ? -1 : content.reduce((sum, octet) => sum * 256 + octet, 0);
  if (count < 0 || count > most) throw new Error(`a count that is not from 0 to ${String(most)}`);
  return count;
}
