import { certificate, inDays, rsaKey } from '#tests/support/certificates.ts';
import { testFault } from '#tests/support/test-fault.ts';
import { portsPresentDifferentCertificates } from './ports-present-different-certificates.ts';

const key = rsaKey();
const old = certificate({ key, notBefore: inDays(-90) });
const renewed = certificate({ key, notBefore: inDays(-1) });
const ecdsa = certificate();
const renewedEcdsa = certificate();

testFault(portsPresentDifferentCertificates, {
  present: [
    {
      name: 'one port not restarted',
      ports: { 443: [renewed], 8443: [renewed], 8445: [old] },
      because: /^2 certificates/,
    },
    { name: 'RSA differs, ECDSA does not', ports: { 443: [renewed], 8443: [ecdsa], 8444: [ecdsa], 8445: [old] } },
    { name: 'ECDSA differs, RSA does not', ports: { 443: [renewed], 8443: [ecdsa], 8444: [renewedEcdsa] } },
    { name: 'seen although another port was not reached', ports: { 443: [renewed], 8443: 'refused', 8445: [old] } },
    {
      name: 'two ports of one alias of CVP',
      machine: { type: 'CVP', release: '12.6(2)' },
      ports: { 8443: [renewed], 5061: [old] },
      because: /^2 certificates/,
    },
    {
      name: 'three of them',
      ports: { 443: [renewed], 8443: [certificate({ key })], 8445: [old] },
      because: /^3 certificates/,
    },
  ],
  absent: [
    { name: 'the same everywhere', ports: { 443: [old], 8443: [old], 8445: [old] } },
    { name: 'one RSA, one ECDSA', ports: { 443: [old], 8443: [ecdsa], 8445: [old] } },
    {
      name: 'the aliases of CVP: each has a certificate of its own',
      machine: { type: 'CVP', release: '12.6(2)' },
      ports: { 8443: [old], 7443: [renewed], 8111: [certificate({ key })] },
    },
    {
      name: 'IIS and Portico: each has a binding of its own',
      machine: { type: 'CCE_AW', release: '12.6(2)' },
      ports: { 443: [old], 7890: [renewed] },
    },
    { name: 'the list behind it differs', ports: { 443: [old], 8443: [old, ecdsa] } },
    { name: 'a port of no document', ports: { 443: [old], 8443: [old], 9999: [renewed] } },
    { name: 'a port whose identity no document names', ports: { 443: [old], 8443: [old], 9089: [renewed] } },
    { name: 'a closed port documented as closed', ports: { 443: [old], 8443: [old], 7443: 'refused' } },
  ],
  inconclusive: [
    {
      name: 'no difference, and a port not reached',
      ports: { 443: [old], 8443: [old], 8445: 'refused' },
      reason: 'connection-refused',
    },
    {
      name: 'a port with bytes that are no certificate',
      ports: { 443: [old], 8443: [{ der: Buffer.from('no') }] },
      reason: 'certificate-unreadable',
    },
  ],
});
