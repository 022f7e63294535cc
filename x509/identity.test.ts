import { describe, expect, test } from 'vitest';
import { certificate } from '#tests/support/certificates.ts';
import { isReadable, readCertificate } from './certificate.ts';
import { isAddress, isFor, isWrittenAsAddress, matchesDnsName, referenceIdentifier } from './identity.ts';

describe('a presented dNSName matches a host name (RFC 9525 section 6.3)', () => {
  test.each([
    ['uccx1.example.com', 'uccx1.example.com', true],
    ['uccx1.example.com', 'UCCX1.EXAMPLE.COM', true],
    ['UCCX1.EXAMPLE.COM', 'uccx1.example.com', true],
    ['uccx1.example.com', 'uccx1.example.com.', true],
    ['uccx1.example.com', 'uccx2.example.com', false],
    ['uccx1.example.com', 'example.com', false],
    ['example.com', 'uccx1.example.com', false],
    ['uccx1', 'uccx1', true],
    ['uccx1', 'uccx1.example.com', false],
    // A wildcard is the whole leftmost label and stands for one label.
    ['*.example.com', 'uccx1.example.com', true],
    ['*.example.com', 'example.com', false],
    ['*.example.com', 'a.b.example.com', false],
    ['*.example.com', '.example.com', false],
    ['*.*.example.com', 'a.b.example.com', false],
    ['a.*.example.com', 'a.b.example.com', false],
    ['u*.example.com', 'uccx1.example.com', false],
    ['*1.example.com', 'uccx1.example.com', false],
    ['*.com', 'example.com', false],
    ['*', 'com', false],
    ['*', 'uccx1.example.com', false],
    // An A-label is compared as it is; a wildcard stands for a whole one.
    ['xn--bcher-kva.example', 'xn--bcher-kva.example', true],
    ['*.example.com', 'xn--bcher-kva.example.com', true],
    ['xn--*.example.com', 'xn--bcher-kva.example.com', false],
    // What is no name matches nothing.
    ['', '', false],
    ['', 'uccx1.example.com', false],
    ['.', '.', false],
    ['a..b', 'a..b', false],
    ['uccx1.example.com\0', 'uccx1.example.com', false],
    ['uccx1.example.com\0.example.org', 'uccx1.example.com', false],
    [' uccx1.example.com', 'uccx1.example.com', false],
  ])('%j and %j: %s', (pattern, name, expected) => {
    expect(matchesDnsName(pattern, name)).toBe(expected);
  });
});

describe('the reference identifier of a host (section 6.1)', () => {
  test.each([
    ['uccx1.example.com', { kind: 'dns', name: 'uccx1.example.com' }],
    ['uccx1.example.com.', { kind: 'dns', name: 'uccx1.example.com' }],
    ['bücher.example', { kind: 'dns', name: 'xn--bcher-kva.example' }],
    ['BÜCHER.example', { kind: 'dns', name: 'xn--bcher-kva.example' }],
    ['192.0.2.11', { kind: 'ip', address: '192.0.2.11' }],
    ['2001:db8::b', { kind: 'ip', address: '2001:db8::b' }],
    ['192.0.2.11.example.com', { kind: 'dns', name: '192.0.2.11.example.com' }],
  ])('%s', (host, expected) => {
    expect(referenceIdentifier(host)).toEqual(expected);
  });

  test.each([
    ['192.0.2.11', true],
    ['::1', true],
    ['uccx1', false],
    ['1.2.3', false],
  ])('%s is an address: %s', (host, expected) => {
    expect(isAddress(host)).toBe(expected);
  });
});

describe('a certificate is for a host', () => {
  const ip4 = [192, 0, 2, 11];
  const ip6 = [0x20, 0x01, 0x0d, 0xb8, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0x0b];

  test.each([
    ['a dNSName', { dns: ['uccx1.example.com'] }, 'uccx1.example.com', true],
    ['no subjectAltName: the common name does not count', { dns: null }, 'uccx1.example.com', false],
    ['an empty subjectAltName', { dns: [] }, 'uccx1.example.com', false],
    ['an IPv4 address', { dns: [], ip: [ip4] }, '192.0.2.11', true],
    ['an IPv6 address', { dns: [], ip: [ip6] }, '2001:db8::b', true],
    ['an IPv6 address in full and in capitals', { dns: [], ip: [ip6] }, '2001:0DB8:0:0:0:0:0:000B', true],
    ['another IPv6 address', { dns: [], ip: [ip6] }, '2001:db8::c', false],
    // Section 6.2: a dNSName is never compared with an address, nor an iPAddress with a name.
    ['an address as dNSName', { dns: ['192.0.2.11'] }, '192.0.2.11', false],
    ['an IPv4 address for its mapped form', { dns: [], ip: [ip4] }, '::ffff:192.0.2.11', false],
    ['an address with a zone', { dns: [], ip: [ip6] }, 'fe80::1%eth0', false],
    ['what is no address', { dns: [], ip: [ip6, []] }, ':', false],
    ['a U-label asked for, an A-label presented', { dns: ['xn--bcher-kva.example'] }, 'bücher.example', true],
  ])('%s', (_, names, host, expected) => {
    const read = readCertificate(certificate(names).der);
    expect(isReadable(read) && isFor(read, referenceIdentifier(host))).toBe(expected);
  });
});

test.each([
  ['192.0.2.11', true],
  ['2001:db8::b', true],
  [' 192.0.2.11', true],
  ['12.5.1.300', false],
  ['https://uccx1.example.com', false],
  ['uccx1.example.com', false],
  [':', false],
])('%s is written as an address: %s', (name, expected) => {
  expect(isWrittenAsAddress(name)).toBe(expected);
});
