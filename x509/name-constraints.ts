import { AsnConvert } from '@peculiar/asn1-schema';
import { AsnIpConverter, NameConstraints as AsnNameConstraints, type GeneralSubtrees } from '@peculiar/asn1-x509';
import { Name } from '@peculiar/x509';
import { canonicalName, isBelow, type CanonicalName } from './distinguished-name.ts';

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

/** Reads the value of the extension (the content of its OCTET STRING). Throws where it is no NameConstraints. */
export function readNameConstraints(value: ArrayBuffer): NameConstraints {
  const { permittedSubtrees, excludedSubtrees } = AsnConvert.parse(value, AsnNameConstraints);
  return { permitted: subtrees(permittedSubtrees), excluded: subtrees(excludedSubtrees) };
}

function subtrees(list: GeneralSubtrees | undefined): NameSubtrees {
  const bases = Array.from(list ?? []).map(({ base }) => base);
  const dns = bases.flatMap(({ dNSName }) => (dNSName === undefined ? [] : [dNSName.toLowerCase()]));
  const ip = bases.flatMap(({ iPAddress }) => (iPAddress === undefined ? [] : [iPAddress]));
  const directory = bases.flatMap(({ directoryName }) =>
    directoryName === undefined ? [] : [canonicalName(new Name(AsnConvert.serialize(directoryName)).toJSON())],
  );
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
  if (baseAndMask.length !== 2 * octets.length) return false;
  return octets.every((octet, place) => {
    const mask = baseAndMask[octets.length + place] ?? 0;
    return (octet & mask) === ((baseAndMask[place] ?? 0) & mask);
  });
}

/** The octets of an address, or of a network with its mask behind. */
function octetsOf(text: string): Buffer {
  return Buffer.from(AsnConvert.serialize(AsnIpConverter.toASN(text))).subarray(2);
}
