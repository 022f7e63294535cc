import { certificate } from '#tests/support/certificates.ts';
import { testFault } from '#tests/support/test-fault.ts';
import { foreignNameInMultiServerCertificate } from './foreign-name-in-multi-server-certificate.ts';

const both = certificate({
  commonName: 'uccx1-ms.example.com',
  dns: ['example.com', 'uccx1.example.com', 'peer.example.com'],
});
const chat = { type: 'CCP' } as const;

testFault(foreignNameInMultiServerCertificate, {
  present: [
    {
      name: 'CCP',
      peer: chat,
      presents: [both],
      severity: 'major',
      because: /is for peer\.example\.com too/,
      at: both,
    },
    { name: 'written otherwise', peer: { ...chat, fqdn: 'PEER.example.com.' }, presents: [both] },
    {
      name: 'in a certificate named after the node',
      peer: chat,
      presents: [certificate({ dns: ['uccx1.example.com', 'peer.example.com'] })],
    },
    {
      name: 'in the first release with multi-server certificates',
      machine: { release: '11.6(1)' },
      peer: chat,
      presents: [both],
    },
  ],
  absent: [
    { name: 'the other node', peer: { type: 'UCCX_SUBSCRIBER' }, presents: [both] },
    {
      name: 'the domain and the node',
      peer: chat,
      presents: [certificate({ dns: ['example.com', 'uccx1.example.com'] })],
    },
    {
      name: 'a name that is none of the inventory',
      peer: chat,
      presents: [certificate({ dns: ['uccx1.example.com', 'uccx.example.com'] })],
    },
    { name: 'a wildcard: another fault', peer: chat, presents: [certificate({ dns: ['*.example.com'] })] },
    { name: 'another machine without a name', peer: { ...chat, fqdn: null, address: '192.0.2.21' }, presents: [both] },
  ],
  notApplicable: [
    { name: 'no subjectAltName', peer: chat, presents: [certificate({ dns: null })] },
    {
      name: 'before multi-server certificates',
      machine: { release: '11.5(1)' },
      peer: chat,
      presents: [both],
      because: /11\.5/,
    },
    { name: 'on CUCM', machine: { type: 'CM_PUBLISHER' }, peer: chat, presents: [both] },
  ],
  inconclusive: [{ name: 'nothing was sent', presents: [], reason: 'certificate-unreadable' }],
});
