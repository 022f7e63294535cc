import { authority, certificate, ecKey, edKey, rsaKey, rsaKeyOf } from '#tests/support/certificates.ts';
import { testFault } from '#tests/support/test-fault.ts';
import { ecdsaUnsupported } from './ecdsa-unsupported.ts';

const ec = [certificate()];
const without = { release: '12.0(1)' };

testFault(ecdsaUnsupported, {
  present: [
    { name: 'P-256', machine: without, presents: ec, severity: 'major' },
    {
      name: 'P-384',
      machine: without,
      presents: [certificate({ key: ecKey('long', 'P-384') })],
      because: /12\.0\(1\) works with RSA only/,
    },
    { name: 'the first release without', machine: { release: '11.6' }, presents: ec },
    { name: 'the first release written in full', machine: { release: '11.6(1)' }, presents: ec },
    { name: 'the last release without', machine: { release: '12.5(1)SU1' }, presents: ec },
    { name: 'on CCP', machine: { ...without, type: 'CCP' }, presents: ec },
    { name: 'on Finesse', machine: { ...without, type: 'FINESSE_PRIMARY' }, presents: ec },
    {
      name: 'on Finesse, the last release without',
      machine: { type: 'FINESSE_SECONDARY', release: '12.5(1)SU3' },
      presents: ec,
    },
    { name: 'on CUIC', machine: { ...without, type: 'CUIC_PUBLISHER' }, presents: ec },
    { name: 'on CVP', machine: { type: 'CVP', release: '12.5(1)' }, ports: { 8443: ec } },
    { name: 'on the Reporting Server', machine: { type: 'CVP_REPORTING', release: '12.5(1)' }, ports: { 8111: ec } },
    { name: 'on MediaSense', machine: { ...without, type: 'MEDIASENSE_PRIMARY' }, presents: ec },
  ],
  absent: [
    { name: 'RSA', machine: without, presents: [certificate({ key: rsaKey() })] },
    {
      name: 'RSA signed by an EC authority',
      machine: without,
      presents: [certificate({ key: rsaKeyOf(2048), issuer: authority('EC CA') })],
    },
    { name: 'Ed25519: not what the document is about', machine: without, presents: [certificate({ key: edKey() })] },
  ],
  notApplicable: [
    {
      name: 'the last release with',
      machine: { release: '11.5(1)SU1' },
      presents: ec,
      because: /11\.5\(1\)SU1 is outside from 11\.6, before 12\.5\(1\)SU2/,
    },
    { name: 'the first release with it again', machine: { release: '12.5(1)SU2' }, presents: ec },
    { name: 'an unknown release', machine: { release: null }, presents: ec, because: /depends on the release/ },
    { name: 'a release that is none', machine: { release: 'latest' }, presents: ec, because: /depends on the release/ },
    {
      name: 'on Finesse, the first release with it again',
      machine: { type: 'FINESSE_PRIMARY', release: '12.6(1)' },
      presents: ec,
      because: /12\.6\(1\) is outside from 11\.6, before 12\.6\(1\)/,
    },
    { name: 'on CVP 12.6(1)', machine: { type: 'CVP', release: '12.6(1)' }, ports: { 8443: ec } },
    { name: 'on VVB, of which nothing says so', machine: { ...without, type: 'CVVB' }, presents: ec },
    { name: 'on CUCM', machine: { ...without, type: 'CM_SUBSCRIBER' }, presents: ec },
  ],
  inconclusive: [{ name: 'refused', machine: without, ports: { 443: 'refused' }, reason: 'connection-refused' }],
});
