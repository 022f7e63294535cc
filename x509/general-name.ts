import { membersOf, oidOf, readValue, tag, type Value } from './ber.ts';
import { readName, type DistinguishedName } from './distinguished-name.ts';

/** One GeneralName: RFC 5280 section 4.2.1.6. The kinds that nothing here speaks of are told apart from what is none, and no more. */
export type GeneralName =
  | { readonly kind: 'dns' | 'url' | 'other'; readonly value: string }
  /** An address as text, or a network as `192.0.2.0/24`; octets that are neither in hexadecimal. */
  | { readonly kind: 'ip'; readonly value: string; readonly octets: Uint8Array }
  | { readonly kind: 'directory'; readonly name: DistinguishedName };

/** Reads GeneralNames. Throws where they are none. */
export function readGeneralNames(names: Value): GeneralName[] {
  return membersOf(names).map(readGeneralName);
}

export function readGeneralName({ tag: choice, content }: Value): GeneralName {
  const text = (): string => Buffer.from(content).toString('latin1');
  switch (choice) {
    case 0x82:
      return { kind: 'dns', value: text() };
    case 0x86:
      return { kind: 'url', value: text() };
    case 0x87:
      return { kind: 'ip', value: addressText(content), octets: content };
    case 0xa4:
      return { kind: 'directory', name: readName(readValue(content)) };
    case 0x81:
      return { kind: 'other', value: text() };
    case 0x88:
      return { kind: 'other', value: oidOf({ content }) };
    case 0xa0:
      return { kind: 'other', value: otherName(content) };
    case 0xa3:
    case 0xa5:
      return { kind: 'other', value: Buffer.from(content).toString('hex') };
    default:
      throw new Error(`a name of a kind that there is not (0x${choice.toString(16)})`);
  }
}

/** OtherName: what sort of name it is; how it is written is that sort's own. */
function otherName(content: Uint8Array): string {
  const type = readValue(content);
  if (type.tag !== tag.oid) throw new Error('a name of another kind does not say which');
  return oidOf(type);
}

function addressText(octets: Uint8Array): string {
  switch (octets.length) {
    case 4:
    case 16:
      return hostText(octets);
    case 8:
    case 32: {
      const half = octets.length / 2;
      const bits = octets.subarray(half).reduce((sum, octet) => sum + onesIn(octet), 0);
      return `${hostText(octets.subarray(0, half))}/${String(bits)}`;
    }
    default:
      return Buffer.from(octets).toString('hex');
  }
}

function hostText(octets: Uint8Array): string {
  if (octets.length === 4) return octets.join('.');
  const words = Array.from({ length: 8 }, (_, place) =>
    ((octets[2 * place] ?? 0) * 256 + (octets[2 * place + 1] ?? 0)).toString(16),
  );
  return new URL(`http://[${words.join(':')}]`).hostname.slice(1, -1);
}

function onesIn(octet: number): number {
  return octet.toString(2).replaceAll('0', '').length;
}
