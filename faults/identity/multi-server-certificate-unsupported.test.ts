import { certificate } from '#tests/support/certificates.ts';
import { testFault } from '#tests/support/test-fault.ts';
import { multiServerCertificateUnsupported } from './multi-server-certificate-unsupported.ts';

const peer = { type: 'UCCX_SUBSCRIBER', fqdn: 'uccx2.example.com' } as const;
const both = certificate({ dns: ['uccx1.example.com', 'UCCX2.example.com'] });

testFault(multiServerCertificateUnsupported, {
  present: [
    {
      name: 'release 11.5',
      machine: { release: '11.5(1)SU1' },
      peer,
      presents: [both],
      severity: 'major',
      because: /release 11\.5\(1\)SU1 has no multi-server/,
      at: both,
    },
    {
      name: 'release 11.6(1), on which the guide disagrees with itself',
      machine: { release: '11.6(1)' },
      peer,
      presents: [both],
      severity: 'notice',
      because: /11\.6 in one place and 11\.6\(2\) in another/,
    },
    {
      name: 'a wildcard stands for both',
      machine: { release: '10.6(1)' },
      peer,
      presents: [certificate({ dns: ['*.example.com'] })],
    },
  ],
  absent: [{ name: 'one node', machine: { release: '11.5(1)' }, peer, presents: [certificate()] }],
  notApplicable: [
    { name: 'release 11.6(2)', machine: { release: '11.6(2)' }, peer, presents: [both], because: /outside/ },
    { name: 'one node only', machine: { release: '11.5(1)' }, presents: [both], because: /one UCCX node/ },
    { name: 'no release', machine: { release: null }, peer, presents: [both] },
  ],
  inconclusive: [
    { name: 'nothing was sent', machine: { release: '11.5(1)' }, peer, presents: [], reason: 'certificate-unreadable' },
  ],
});
