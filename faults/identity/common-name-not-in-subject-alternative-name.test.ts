import { certificate, rsaKey } from '#tests/support/certificates.ts';
import { testFault } from '#tests/support/test-fault.ts';
import { commonNameNotInSubjectAlternativeName } from './common-name-not-in-subject-alternative-name.ts';

const named = (commonName: string | string[], ...dns: string[]): ReturnType<typeof certificate>[] => [
  certificate({ commonName, dns }),
];

testFault(commonNameNotInSubjectAlternativeName, {
  present: [
    { name: 'another name', presents: named('uccx1.example.com', 'uccx2.example.com'), severity: 'major' },
    {
      name: 'the second of two common names',
      presents: named(['a.example.com', 'b.example.com'], 'a.example.com'),
      because: /b\.example\.com/,
    },
    { name: 'a wildcard one level up', presents: named('a.site.example.com', '*.example.com') },
    { name: 'a wildcard that is not there', presents: named('*.example.com', 'a.example.com') },
    { name: 'an address', presents: named('192.0.2.11', 'a.example.com') },
    {
      name: 'named as an ECDSA certificate, with an RSA key',
      presents: [certificate({ commonName: 'uccx1-EC.example.com', dns: ['uccx1.example.com'], key: rsaKey() })],
    },
    { name: 'a subjectAltName without names', presents: named('a.example.com') },
  ],
  absent: [
    { name: 'the name', presents: named('uccx1.example.com', 'example.com', 'uccx1.example.com') },
    { name: 'upper case', presents: named('UCCX1.example.com', 'uccx1.EXAMPLE.com') },
    { name: 'covered by a wildcard', presents: named('uccx1.example.com', '*.example.com') },
    { name: 'the wildcard itself', presents: named('*.com', '*.com') },
    {
      name: 'an address among the addresses',
      presents: [certificate({ commonName: '192.0.2.11', dns: [], ip: [[192, 0, 2, 11]] })],
    },
    { name: 'an ECDSA certificate of a VOS machine', presents: named('uccx1-EC.example.com', 'uccx1.example.com') },
    { name: 'multi-server', presents: named('uccx1-ms.example.com', 'uccx1.example.com', 'uccx2.example.com') },
    { name: 'multi-server in upper case', presents: named('UCCX1-MS.example.com', 'uccx1.example.com') },
    { name: 'words, not a name', presents: named('Contact Centre 1.2', 'uccx1.example.com') },
    { name: 'a mail address', presents: named('admin@example.com', 'uccx1.example.com') },
    { name: 'a short name', presents: named('uccx1', 'uccx1.example.com') },
    { name: 'no common name', presents: named([], 'uccx1.example.com') },
  ],
  notApplicable: [{ name: 'no subjectAltName', presents: [certificate({ dns: null })] }],
  inconclusive: [{ name: 'nothing was sent', presents: [], reason: 'certificate-unreadable' }],
});
