import { authority, certificate, nameOf, subtree } from '#tests/support/certificates.ts';
import { testFault } from '#tests/support/test-fault.ts';
import { nameConstraintsViolated } from './name-constraints-violated.ts';

/** 2001:db8::/32 */
const documentation6 = [
  0x20,
  1,
  0x0d,
  0xb8,
  ...Array<number>(12).fill(0),
  ...Array<number>(4).fill(255),
  ...Array<number>(12).fill(0),
];
const root = authority('Root CA');
const forDomain = authority('Domain CA', { issuer: root, constraints: { permitted: [subtree.dns('example.com')] } });
const elsewhere = authority('Domain CA', { issuer: root, constraints: { permitted: [subtree.dns('example.org')] } });
const free = authority('Domain CA', { issuer: root });
const without = authority('Excluding CA', {
  issuer: root,
  constraints: {
    excluded: [
      subtree.dns('lab.example.com'),
      subtree.ip(192, 0, 2, 0, 255, 255, 255, 0),
      subtree.ip(...documentation6),
    ],
  },
});
const organisation = nameOf(['2.5.4.10', 'Example']);
const forOrganisation = authority('Organisation CA', {
  issuer: root,
  constraints: { permitted: [subtree.directory(organisation)] },
});
const narrowRoot = authority('Root CA', { constraints: { permitted: [subtree.dns('example.org')] } });
const endEntity = certificate({ issuer: elsewhere });
const inOrganisation = nameOf(['2.5.4.10', 'EXAMPLE'], ['2.5.4.3', 'uccx1.example.com']);

testFault(nameConstraintsViolated, {
  present: [
    {
      name: 'a domain that is not permitted',
      presents: [endEntity, elsewhere, root],
      severity: 'critical',
      because: /^Domain CA does not permit a name of uccx1.example.com: uccx1.example.com$/,
      at: endEntity,
    },
    {
      name: 'the last of several names',
      presents: [certificate({ issuer: forDomain, dns: ['uccx1.example.com', 'uccx1.example.net'] }), forDomain],
      because: /uccx1\.example\.net$/,
    },
    {
      name: 'a domain that is excluded',
      presents: [certificate({ issuer: without, dns: ['uccx1.lab.example.com'] }), without],
      because: /excludes a name/,
    },
    {
      name: 'an address that is excluded',
      presents: [certificate({ issuer: without, ip: [[192, 0, 2, 11]] }), without],
      because: /192\.0\.2\.11$/,
    },
    {
      name: 'an IPv6 address that is excluded',
      presents: [certificate({ issuer: without, ip: [[...documentation6.slice(0, 15), 9]] }), without],
      because: /2001:0?db8:/,
    },
    { name: 'a subject that is not permitted', presents: [certificate({ issuer: forOrganisation }), forOrganisation] },
    {
      name: 'by the root that the client holds',
      presents: [certificate({ issuer: free }), free],
      clients: [{ anchors: [narrowRoot] }],
      because: /^Root CA does not permit/,
    },
  ],
  absent: [
    { name: 'no constraints', presents: [certificate({ issuer: free }), free, root] },
    { name: 'a permitted domain', presents: [certificate({ issuer: forDomain }), forDomain] },
    {
      name: 'the domain itself, in capitals',
      presents: [certificate({ issuer: forDomain, dns: ['EXAMPLE.com'] }), forDomain],
    },
    {
      name: 'an address where only domains are spoken of',
      presents: [certificate({ issuer: forDomain, ip: [[198, 51, 100, 1]] }), forDomain],
    },
    {
      name: 'an address beside the network that is excluded',
      presents: [certificate({ issuer: without, ip: [[192, 0, 3, 11]] }), without],
    },
    {
      name: 'an IPv6 address beside it',
      presents: [certificate({ issuer: without, ip: [[0x20, 2, ...documentation6.slice(2, 16)]] }), without],
    },
    {
      name: 'a permitted subject',
      presents: [certificate({ issuer: forOrganisation, subject: inOrganisation }), forOrganisation],
    },
    { name: 'cross-signed, the other way permits it', presents: [endEntity, elsewhere, free, root] },
    { name: 'self-signed', presents: [certificate({ ca: 0 })] },
  ],
  inconclusive: [{ name: 'nothing was sent', presents: [], reason: 'certificate-unreadable' }],
});
