import { certificate } from '#tests/support/certificates.ts';
import { testFault } from '#tests/support/test-fault.ts';
import { wildcardName } from './wildcard-name.ts';

const wildcard = certificate({ dns: ['example.com', '*.example.com'] });

testFault(wildcardName, {
  present: [
    {
      name: 'in subjectAltName',
      presents: [wildcard],
      severity: 'major',
      because: 'the certificate is for *.example.com',
      at: wildcard,
    },
    {
      name: 'in the common name only',
      presents: [certificate({ commonName: '*.example.com', dns: ['uccx1.example.com'] })],
    },
    { name: 'without subjectAltName', presents: [certificate({ commonName: '*.example.com', dns: null })] },
    { name: 'on CUCM', machine: { type: 'CM_PUBLISHER' }, presents: [wildcard] },
    { name: 'on Finesse', machine: { type: 'FINESSE_SECONDARY' }, presents: [wildcard] },
    { name: 'on CUIC', machine: { type: 'CUIC_SUBSCRIBER' }, presents: [wildcard] },
  ],
  absent: [
    { name: 'the names', presents: [certificate({ dns: ['uccx1.example.com', 'uccx2.example.com'] })] },
    {
      name: 'an asterisk that is no wildcard',
      presents: [certificate({ commonName: 'uccx1*', dns: ['uccx1.*.com'] })],
    },
    { name: 'no subjectAltName', presents: [certificate({ dns: null })] },
  ],
  notApplicable: [
    { name: 'on CCP, whose documents say nothing of it', machine: { type: 'CCP' }, presents: [wildcard] },
    { name: 'on CVP, likewise', machine: { type: 'CVP' }, presents: [wildcard] },
    { name: 'on another server', machine: { type: 'TLS_SERVER' }, presents: [wildcard] },
  ],
  inconclusive: [{ name: 'nothing was sent', presents: [], reason: 'certificate-unreadable' }],
});
