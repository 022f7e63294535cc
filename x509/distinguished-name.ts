import type { JsonName } from '@peculiar/x509';

/** A distinguished name in the form in which two equal names are equal text: one line per RDN, from the most significant one down. */
export type CanonicalName = string;

/**
 * Brings a name into the form for comparing: the string type does not matter, nor do case and the number of blanks.
 * RFC 5280 section 7.1; what is no string is compared by its encoding.
 */
export function canonicalName(name: JsonName): CanonicalName {
  return name
    .map((rdn) =>
      Object.entries(rdn)
        .flatMap(([type, values]) => values.map((value) => `${type}=${canonicalValue(value)}`))
        // The members of an RDN are a set.
        .sort()
        .join('\t'),
    )
    .join('\n');
}

function canonicalValue(value: string): string {
  return value.normalize('NFKC').toLowerCase().trim().replace(/\s+/g, ' ');
}

/** Whether `name` lies in the subtree under `base`: it begins with its RDNs. RFC 5280 section 4.2.1.10. */
export function isBelow(name: CanonicalName, base: CanonicalName): boolean {
  return base === '' || name === base || name.startsWith(`${base}\n`);
}
