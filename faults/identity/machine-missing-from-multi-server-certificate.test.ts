import { certificate } from '#tests/support/certificates.ts';
import { testFault } from '#tests/support/test-fault.ts';
import { machineMissingFromMultiServerCertificate } from './machine-missing-from-multi-server-certificate.ts';

const multi = (...dns: string[]): ReturnType<typeof certificate> =>
  certificate({ commonName: 'uccx1-ms.example.com', dns });
const alone = multi('example.com', 'uccx1.example.com');
const second = { type: 'UCCX_SUBSCRIBER' } as const;

testFault(machineMissingFromMultiServerCertificate, {
  present: [
    {
      name: 'the other node',
      peer: second,
      presents: [alone],
      severity: 'major',
      because: /not for peer\.example\.com/,
      at: alone,
    },
    {
      name: 'the node itself',
      peer: second,
      presents: [multi('peer.example.com')],
      because: /not for uccx1\.example\.com/,
    },
  ],
  absent: [
    { name: 'both nodes', peer: second, presents: [multi('uccx1.example.com', 'peer.example.com')] },
    { name: 'one node, and the inventory has no other', peer: { type: 'CCP' }, presents: [alone] },
    { name: 'a node without a name', peer: { ...second, fqdn: null, address: '192.0.2.12' }, presents: [alone] },
  ],
  notApplicable: [
    {
      name: 'a single-server certificate',
      peer: second,
      presents: [certificate()],
      because: /not that of a multi-server/,
    },
    { name: 'two systems', peer: { type: 'UCCX_PUBLISHER' }, presents: [alone], because: /more than one/ },
    {
      name: 'no subjectAltName',
      peer: second,
      presents: [certificate({ commonName: 'uccx1-ms.example.com', dns: null })],
    },
    { name: 'before multi-server certificates', machine: { release: '11.5(1)' }, peer: second, presents: [alone] },
  ],
  inconclusive: [{ name: 'nothing was sent', presents: [], reason: 'certificate-unreadable' }],
});
