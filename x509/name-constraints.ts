import { membersOf, tag, type Value } from './ber.ts';
import { canonicalName, isBelow, type CanonicalName } from './distinguished-name.ts';
import { readGeneralName, type GeneralName } from './general-name.ts';

/** Subtrees of names by kind. RFC 5280 section 4.2.1.10. */
export interface NameSubtrees {
  /** `example.com` stands for itself and everything below it. */
  readonly dns: readonly string[];
  /** Networks as `192.0.2.0/24`. */
  readonly ip: readonly string[];
  readonly directory: readonly CanonicalName[];
  /** Kinds that no server certificate has: electronic mail, URI and others. */
  readonly others: number;
}

export interface NameConstraints {
  readonly permitted: NameSubtrees;
  readonly excluded: NameSubtrees;
}

/** Reads the value of the extension. Throws where it is no NameConstraints. */
export function readNameConstraints(value: Value): NameConstraints {
  if (value.tag !== tag.sequence) throw new Error('name constraints are no sequence');
  const fields = membersOf(value);
  const under = (field: number): NameSubtrees =>
    subtrees(
      fields
        .filter((member) => member.tag === field)
        .flatMap(membersOf)
        .map(baseOf),
    );
  return { permitted: under(0xa0), excluded: under(0xa1) };
}

/** GeneralSubtree: its base; minimum and maximum are not used (RFC 5280 section 4.2.1.10). */
function baseOf(subtree: Value): GeneralName {
  const [base] = membersOf(subtree);
  if (base === undefined) throw new Error('a subtree without a base');
  return readGeneralName(base);
}

function subtrees(bases: readonly GeneralName[]): NameSubtrees {
  const dns = bases.flatMap((base) => (base.kind === 'dns' ? [base.value.toLowerCase()] : []));
  const ip = bases.flatMap((base) => (base.kind === 'ip' ? [base.value] : []));
  const directory = bases.flatMap((base) => (base.kind === 'directory' ? [canonicalName(base.name)] : []));
  return { dns, ip, directory, others: bases.length - dns.length - ip.length - directory.length };
}

/** The names of a certificate that constraints can speak of. */
export interface ConstrainedNames {
  readonly subjectName: CanonicalName;
  readonly subjectAltName: { readonly dns: readonly string[]; readonly ip: readonly string[] } | null;
}

/** A name of a certificate that an issuer above it does not allow. */
export interface Violation {
  readonly name: string;
  readonly because: 'not-permitted' | 'excluded';
}

/** The first name of the certificate that the constraints forbid, or null. Kinds of names that no subtree speaks of are free. */
export function violationOf(certificate: ConstrainedNames, { permitted, excluded }: NameConstraints): Violation | null {
  const names = certificate.subjectAltName;
  const kinds = [
    { of: names?.dns ?? [], kind: 'dns', isIn: isInDomain },
    { of: names?.ip ?? [], kind: 'ip', isIn: isInNetwork },
    { of: certificate.subjectName === '' ? [] : [certificate.subjectName], kind: 'directory', isIn: isBelow },
  ] as const;
  for (const { of, kind, isIn } of kinds) {
    for (const name of of) {
      if (excluded[kind].some((base) => isIn(name, base))) return { name, because: 'excluded' };
      if (permitted[kind].length > 0 && !permitted[kind].some((base) => isIn(name, base)))
        return { name, because: 'not-permitted' };
    }
  }
  return null;
}

/** A leading period of the base is no part of RFC 5280; browsers and OpenSSL take it for "only names below". */
function isInDomain(name: string, base: string): boolean {
  const host = name.toLowerCase().replace(/\.$/, '');
  if (base === '') return true;
  return base.startsWith('.') ? host.endsWith(base) : host === base || host.endsWith(`.${base}`);
}

function isInNetwork(address: string, network: string): boolean {
  const octets = octetsOf(address);
  const baseAndMask = octetsOf(network);
  if (octets.length === 0 || baseAndMask.length !== 2 * octets.length) return false;
  return octets.every((octet, place) => {
    const mask = baseAndMask[octets.length + place] ?? 0;
    return (octet & mask) === ((baseAndMask[place] ?? 0) & mask);
  });
}

/** The octets of an address, or of a network with its mask behind; none for what is neither. */
function octetsOf(text: string): number[] {
  const [host = '', prefix] = text.split('/');
  const octets = host.includes(':') ? octetsOfWords(host) : host.split('.').map(Number);
  const isAddress =
    octets.length === (host.includes(':') ? 16 : 4) && octets.every((octet) => octet >= 0 && octet < 256);
  if (!isAddress) return [];
  if (prefix === undefined) return octets;
  const mask = octets.map((_, place) => 0xff & (0xff00 >> Math.min(8, Math.max(0, Number(prefix) - 8 * place))));
  return [...octets, ...mask];
}

/** An IPv6 address as RFC 5952 writes it. */
function octetsOfWords(host: string): number[] {
  const [before = [], after] = host.split('::').map((part) => part.split(':').filter((word) => word !== ''));
  const zeros = after === undefined ? [] : new Array<string>(Math.max(0, 8 - before.length - after.length)).fill('0');
  return [...before, ...zeros, ...(after ?? [])].flatMap((word) => {
    const value = Number.parseInt(word, 16);
    return [value >> 8, value & 0xff];
  });
}
