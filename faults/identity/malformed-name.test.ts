import { certificate } from '#tests/support/certificates.ts';
import { testFault } from '#tests/support/test-fault.ts';
import { malformedName } from './malformed-name.ts';

const names = (...dns: string[]): ReturnType<typeof certificate>[] => [certificate({ dns })];
const blank = certificate({ dns: ['uccx1.example.com', 'uccx 1.example.com'] });

testFault(malformedName, {
  present: [
    {
      name: 'a blank inside',
      presents: [blank],
      severity: 'minor',
      because: /"uccx 1\.example\.com" has a blank/,
      at: blank,
    },
    { name: 'a blank behind', presents: names('uccx1.example.com '), because: /has a blank/ },
    { name: 'empty', presents: names(''), because: /is empty/ },
    { name: 'a blank alone, which RFC 5280 names', presents: names(' '), because: /is empty/ },
    { name: 'a NUL octet', presents: names('uccx1.example.com\0.example.org'), because: /NUL/ },
    { name: 'a U-label', presents: names('bücher.example'), because: /U-label/ },
    { name: 'a final dot', presents: names('uccx1.example.com.'), because: /ends with a dot/ },
    { name: 'a leading dot', presents: names('.example.com'), because: /empty label/ },
    { name: 'two dots', presents: names('uccx1..com'), because: /empty label/ },
    { name: 'a URL', presents: names('https://uccx1.example.com'), because: /character/ },
    { name: 'an asterisk inside', presents: names('uccx*.example.com'), because: /character/ },
    { name: 'a label of 64', presents: names(`${'a'.repeat(64)}.example.com`), because: /63/ },
    { name: '254 octets', presents: names(`${'a.'.repeat(126)}ab`), because: /253/ },
    { name: 'a hyphen at the end of a label', presents: names('uccx1-.example.com'), because: /hyphen/ },
    { name: 'an underscore', presents: names('uccx_1.example.com'), severity: 'notice', because: /underscore/ },
    {
      name: 'an underscore and worse',
      presents: names('uccx_1.example.com', 'a b'),
      severity: 'minor',
      because: /"a b"/,
    },
  ],
  absent: [
    { name: 'host names', presents: names('uccx1.example.com', 'EXAMPLE.com', '1and1.example', 'uccx1') },
    { name: 'an A-label', presents: names('xn--bcher-kva.example') },
    { name: 'a wildcard: another fault', presents: names('*.example.com') },
    { name: 'an address: another fault', presents: names('192.0.2.11') },
    { name: 'a label of 63', presents: names(`${'a'.repeat(63)}.example.com`) },
    { name: 'addresses only', presents: [certificate({ dns: null, ip: [[192, 0, 2, 11]] })] },
  ],
  notApplicable: [{ name: 'no subjectAltName', presents: [certificate({ dns: null })] }],
  inconclusive: [{ name: 'nothing was sent', presents: [], reason: 'certificate-unreadable' }],
});
