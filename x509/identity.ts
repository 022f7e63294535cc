import { domainToASCII } from 'node:url';
import type { Certificate } from './certificate.ts';

/** The name a client means to reach: RFC 9525 section 6.1. */
export type ReferenceIdentifier =
  { readonly kind: 'dns'; readonly name: string } | { readonly kind: 'ip'; readonly address: string };

/**
 * The reference identifier of what was asked for: an address is an iPAddress, anything else a dNSName. U-labels become
 * A-labels, as certificates hold them (section 6.3).
 */
export function referenceIdentifier(host: string): ReferenceIdentifier {
  if (isAddress(host)) return { kind: 'ip', address: host };
  const isAscii = /^\p{ASCII}*$/u.test(host);
  return { kind: 'dns', name: (isAscii ? host : domainToASCII(host)).replace(/\.$/, '') };
}

/**
 * Whether the certificate is for the name. Only subjectAltName is looked at: RFC 9525 section 2 retired the common name.
 * A dNSName never matches an address (section 6.2), and a wildcard stands for exactly one whole leftmost label (section 6.3).
 */
export function isFor(certificate: Certificate, reference: ReferenceIdentifier): boolean {
  const names = certificate.subjectAltName;
  if (names === null) return false;
  if (reference.kind === 'ip')
    return names.ip.some((address) => canonicalAddress(address) === canonicalAddress(reference.address));
  return names.dns.some((pattern) => matchesDnsName(pattern, reference.name));
}

/** Whether a presented dNSName matches a host name. Names are compared without regard to case. A wildcard stands for one label, the first. */
export function matchesDnsName(pattern: string, name: string): boolean {
  const presented = withoutCase(pattern);
  const wanted = withoutCase(name);
  // An empty label.
  if (wanted === '' || wanted.startsWith('.') || wanted.includes('..') || wanted.endsWith('.')) return false;
  if (!presented.startsWith('*.')) return presented === wanted && presented !== '*';
  // A wildcard needs two labels behind it, as browsers demand; RFC 9525 section 7.1 leaves the number open.
  const domain = presented.slice(1);
  return domain.includes('.', 1) && wanted.slice(wanted.indexOf('.')) === domain;
}

/** As names are compared: in lower case, without the dot of the root. */
function withoutCase(name: string): string {
  const lower = name.toLowerCase();
  return lower.endsWith('.') ? lower.slice(0, -1) : lower;
}

/** Whether a host is written as an IP address; a colon is in no host name. */
export function isAddress(host: string): boolean {
  return host.includes(':') || /^\d{1,3}(\.\d{1,3}){3}$/.test(host);
}

/**
 * Whether a name in a certificate is an address, IPv4 or IPv6. Stricter than `isAddress`, which is asked about hosts: here a URL
 * and four numbers beyond 255 may stand as well.
 */
export function isWrittenAsAddress(name: string): boolean {
  const text = name.trim();
  if (text.includes(':')) return /^[0-9a-f:.]+$/i.test(text) && URL.canParse(`http://[${text}]`);
  return isAddress(text) && text.split('.').every((part) => Number(part) <= 255);
}

function canonicalAddress(address: string): string {
  const url = `http://[${address}]`;
  return address.includes(':') && URL.canParse(url) ? new URL(url).hostname : address;
}
