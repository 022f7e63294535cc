import { certificate } from '#tests/support/certificates.ts';
import { testFault } from '#tests/support/test-fault.ts';
import { nameMismatch } from './name-mismatch.ts';

const names = (...dns: string[]): ReturnType<typeof certificate>[] => [certificate({ dns })];
const addressed = { fqdn: null, address: '192.0.2.11' } as const;
const addressed6 = { fqdn: null, address: '2001:db8::b' } as const;

testFault(nameMismatch, {
  present: [
    {
      name: 'another host',
      presents: names('uccx2.example.com'),
      because: 'uccx1.example.com is not among',
      severity: 'critical',
    },
    {
      name: 'another machine of the inventory',
      peer: { type: 'UCCX_SUBSCRIBER', fqdn: 'uccx2.example.com', answers: {} },
      presents: names('uccx2.example.com'),
      because: /: it is that of peer$/,
      advice: /^It is the certificate of peer: /,
    },
    { name: 'another domain', presents: names('uccx1.example.org') },
    { name: 'the short name', presents: names('uccx1') },
    { name: 'the domain alone', presents: names('example.com') },
    { name: 'a wildcard of another depth', presents: names('*.site.example.com', '*.com') },
    { name: 'a wildcard for a part of the label', presents: names('uccx*.example.com') },
    { name: 'a wildcard that is not leftmost', presents: names('uccx1.*.com') },
    { name: 'the name in the common name only', presents: [certificate({ dns: ['other.example.com'] })] },
    { name: 'a NUL octet after the name', presents: names('uccx1.example.com\0.example.org') },
    { name: 'an address as dNSName', machine: addressed, presents: names('192.0.2.11') },
    { name: 'a wildcard for an address', machine: addressed, presents: names('*.0.2.11') },
    { name: 'another address', machine: addressed, presents: [certificate({ dns: null, ip: [[192, 0, 2, 12]] })] },
    {
      name: 'an address with an octet too many',
      machine: addressed,
      presents: [certificate({ ip: [[192, 0, 2, 11, 0]] })],
    },
    { name: 'no dNSName or iPAddress', presents: [certificate({ dns: [] })] },
  ],
  absent: [
    { name: 'the name', presents: names('uccx1.example.com') },
    { name: 'upper case', presents: names('UCCX1.Example.COM') },
    { name: 'a trailing dot', machine: { fqdn: 'uccx1.example.com.' }, presents: names('uccx1.example.com') },
    { name: 'one of several', presents: names('example.com', 'uccx2.example.com', 'uccx1.example.com') },
    { name: 'a wildcard for the leftmost label', presents: names('*.example.com') },
    { name: 'the address', machine: addressed, presents: [certificate({ ip: [[192, 0, 2, 11]] })] },
    {
      name: 'an IPv6 address written another way',
      machine: { ...addressed6, address: '2001:0DB8:0:0:0:0:0:B' },
      presents: [certificate({ ip: [[0x20, 0x01, 0x0d, 0xb8, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0x0b]] })],
    },
  ],
  notApplicable: [{ name: 'no subjectAltName', presents: [certificate({ dns: null })], because: /no subjectAltName/ }],
  inconclusive: [{ name: 'nothing was sent', presents: [], reason: 'certificate-unreadable' }],
});
