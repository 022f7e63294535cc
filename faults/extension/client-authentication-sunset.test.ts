import { authority, certificate } from '#tests/support/certificates.ts';
import { testFault } from '#tests/support/test-fault.ts';
import { keyPurpose } from '#x509/oids.ts';
import { clientAuthenticationSunset } from './client-authentication-sunset.ts';

const { clientAuth, serverAuth } = keyPurpose;
const root = authority('World Root CA');
const both = certificate({ issuer: root, purposes: [serverAuth, clientAuth] });
const serversOnly = certificate({ issuer: root, purposes: [serverAuth] });

testFault(clientAuthenticationSunset, {
  present: [
    {
      name: 'by the anchor',
      presents: [both],
      clients: [{ anchors: [root], public: true }],
      severity: 'notice',
      because: /public authorities issue none such from 2027-03-15 on/,
      at: both,
    },
    {
      name: 'by its own policy',
      presents: [certificate({ issuer: root, purposes: [serverAuth, clientAuth], policies: ['2.23.140.1.2.2'] })],
    },
    {
      name: 'on Finesse, a client of the CTI Server',
      machine: { type: 'FINESSE_PRIMARY', release: '15.0(1)' },
      presents: [both],
      clients: [{ anchors: [root], public: true }],
      severity: 'minor',
    },
    {
      name: 'on CUIC, a client of no such link',
      machine: { type: 'CUIC_PUBLISHER', release: '15.0(1)' },
      presents: [both],
      clients: [{ anchors: [root], public: true }],
      severity: 'notice',
    },
  ],
  absent: [{ name: 'a private authority', presents: [both], clients: [{ anchors: [root] }] }],
  notApplicable: [
    {
      name: 'servers only',
      presents: [serversOnly],
      clients: [{ anchors: [root], public: true }],
      because: /does not say that it is meant for clients/,
    },
    { name: 'no extKeyUsage', presents: [certificate({ issuer: root })] },
    { name: 'CVP 12.6(1)', machine: { type: 'CVP', release: '12.6(1)' }, ports: { 8443: [both] } },
    { name: 'no product of the notices', machine: { type: 'TLS_SERVER' }, presents: [both] },
  ],
  inconclusive: [{ name: 'nothing was sent', presents: [], reason: 'certificate-unreadable' }],
});
