import { certificate } from '#tests/support/certificates.ts';
import { testFault } from '#tests/support/test-fault.ts';
import { addressUsedAsName } from './address-used-as-name.ts';

const asName = certificate({ dns: ['uccx1.example.com', '192.0.2.11'] });

testFault(addressUsedAsName, {
  present: [
    {
      name: 'as dNSName',
      presents: [asName],
      severity: 'minor',
      because: 'the address 192.0.2.11 stands in a dNSName',
      at: asName,
    },
    { name: 'an IPv6 address as dNSName', presents: [certificate({ dns: ['2001:db8::b'] })] },
    {
      name: 'as dNSName and as iPAddress',
      presents: [certificate({ dns: ['192.0.2.11'], ip: [[192, 0, 2, 11]] })],
    },
    {
      name: 'as common name',
      presents: [certificate({ commonName: '192.0.2.11', dns: ['uccx1.example.com'] })],
      severity: 'notice',
      because: /common name is the address/,
    },
    { name: 'as common name without subjectAltName', presents: [certificate({ commonName: '192.0.2.11', dns: null })] },
  ],
  absent: [
    { name: 'names', presents: [certificate()] },
    { name: 'an iPAddress', presents: [certificate({ ip: [[192, 0, 2, 11]] })] },
    {
      name: 'numbers that are no address',
      presents: [certificate({ commonName: '12.5.1.300', dns: ['a.example.com'] })],
    },
    { name: 'words with a colon', presents: [certificate({ commonName: 'UCCX: 1', dns: ['a.example.com'] })] },
  ],
  inconclusive: [{ name: 'nothing was sent', presents: [], reason: 'certificate-unreadable' }],
});
