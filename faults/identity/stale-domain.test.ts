import { certificate } from '#tests/support/certificates.ts';
import { testFault } from '#tests/support/test-fault.ts';
import { staleDomain } from './stale-domain.ts';

const stale = certificate({ commonName: 'uccx1.example.org' });

testFault(staleDomain, {
  present: [
    {
      name: 'in common name and subjectAltName',
      presents: [stale],
      severity: 'major',
      because: 'the certificate is for uccx1.example.org, the inventory says uccx1.example.com',
      at: stale,
    },
    { name: 'in the common name only', presents: [certificate({ commonName: 'UCCX1.example.org', dns: null })] },
    { name: 'a domain above', presents: [certificate({ dns: ['uccx1.com'] })] },
    ...(['CM_PUBLISHER', 'FINESSE_PRIMARY', 'CUIC_PUBLISHER', 'LIVE_DATA_A', 'IDS_SUBSCRIBER', 'CVVB'] as const).map(
      (type) => ({ name: `on ${type}`, machine: { type }, presents: [stale] }),
    ),
  ],
  absent: [
    { name: 'the present domain', presents: [certificate()] },
    { name: 'both domains', presents: [certificate({ dns: ['uccx1.example.org', 'uccx1.example.com'] })] },
    {
      name: 'a wildcard for the present domain',
      presents: [certificate({ commonName: 'uccx1.example.org', dns: ['*.example.com'] })],
    },
    { name: 'another host', presents: [certificate({ commonName: 'uccx2.example.org' })] },
    { name: 'the host alone', presents: [certificate({ commonName: 'uccx1' })] },
    { name: 'an inventory without domain', machine: { fqdn: 'uccx1' }, presents: [stale] },
    { name: 'the present domain in the common name only', presents: [certificate({ dns: null })] },
  ],
  notApplicable: [
    { name: 'a machine without a name', machine: { fqdn: null, address: '192.0.2.11' }, presents: [stale] },
    { name: 'a Windows machine', machine: { type: 'CCE_AW' }, presents: [stale] },
    { name: 'another server', machine: { type: 'TLS_SERVER' }, presents: [stale] },
  ],
  inconclusive: [{ name: 'nothing was sent', presents: [], reason: 'certificate-unreadable' }],
});
