import { authority, certificate, ecKey, rsaKeyOf } from '#tests/support/certificates.ts';
import { testFault } from '#tests/support/test-fault.ts';
import { keyLengthUnsupported } from './key-length-unsupported.ts';

const issuer = authority('Issuing CA');
const rsa = (bits: number): ReturnType<typeof certificate>[] => [certificate({ issuer, key: rsaKeyOf(bits) })];

testFault(keyLengthUnsupported, {
  present: [
    {
      name: 'RSA 4096 where a guide lists it',
      presents: rsa(4096),
      severity: 'notice',
      because: /two guides disagree/,
    },
    {
      name: 'RSA 3072 in the first such release',
      machine: { release: '12.5(1)SU2' },
      presents: rsa(3072),
      severity: 'notice',
    },
    { name: 'RSA 4096 just before it', machine: { release: '12.5(1)SU1' }, presents: rsa(4096), severity: 'minor' },
    { name: 'RSA 2049', machine: { release: '11.5(1)' }, presents: rsa(2049), severity: 'minor' },
    {
      name: 'an unknown release: no guide is quoted',
      machine: { release: null },
      presents: rsa(4096),
      severity: 'notice',
      because: /release/,
    },
    { name: 'on CCP', machine: { type: 'CCP' }, presents: rsa(4096) },
    { name: 'on MediaSense', machine: { type: 'MEDIASENSE_PRIMARY', release: '11.5(1)' }, presents: rsa(4096) },
    {
      name: 'RSA 3072 for the Call Server of CVP',
      machine: { type: 'CVP', release: '12.6(2)' },
      ports: { 8443: rsa(3072) },
      severity: 'notice',
      because: /guides of CVP/,
    },
    {
      name: 'RSA 4096 for the Reporting Server',
      machine: { type: 'CVP_REPORTING', release: '12.5(1)' },
      ports: { 8111: rsa(4096) },
    },
    {
      name: 'RSA 4096 for the Operations Console',
      machine: { type: 'CVP_OPS', release: '15.0(1)' },
      ports: { 9443: rsa(4096) },
    },
    {
      name: 'RSA 4097 on CUCM',
      machine: { type: 'CM_PUBLISHER' },
      presents: rsa(4097),
      severity: 'minor',
      because: /at most 4096/,
    },
  ],
  absent: [
    { name: 'RSA 2048', presents: rsa(2048) },
    { name: 'RSA 1024: too short, not too long', presents: rsa(1024) },
    { name: 'RSA 4096 on CUCM', machine: { type: 'CM_PUBLISHER' }, presents: rsa(4096) },
    {
      name: 'RSA 2048 for the Call Server of CVP',
      machine: { type: 'CVP', release: '12.6(2)' },
      ports: { 8443: rsa(2048) },
    },
    {
      name: 'RSA 4096 on a CVP whose guides were not read',
      machine: { type: 'CVP', release: '11.6(1)' },
      ports: { 8443: rsa(4096) },
    },
    { name: 'EC P-384', presents: [certificate({ key: ecKey('long', 'P-384') })] },
  ],
  notApplicable: [
    {
      name: 'IIS on a CVP machine',
      machine: { type: 'CVP', release: '12.6(2)' },
      presents: rsa(4096),
      because: /that Windows keeps/,
    },
    {
      name: 'on Finesse, of which no document speaks',
      machine: { type: 'FINESSE_PRIMARY' },
      presents: rsa(4096),
      because: /not about a Cisco Finesse/,
    },
    { name: 'on a CCE host', machine: { type: 'CCE_AW' }, presents: rsa(4096) },
    { name: 'on another TLS server', machine: { type: 'TLS_SERVER' }, presents: rsa(4096) },
  ],
  inconclusive: [{ name: 'nothing was sent', presents: [], reason: 'certificate-unreadable' }],
});
