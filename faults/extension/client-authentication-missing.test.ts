import { certificate } from '#tests/support/certificates.ts';
import { testFault } from '#tests/support/test-fault.ts';
import { keyPurpose } from '#x509/oids.ts';
import { clientAuthenticationMissing } from './client-authentication-missing.ts';

const { any, clientAuth, serverAuth } = keyPurpose;
const serverOnly = [certificate({ purposes: [serverAuth] })];

testFault(clientAuthenticationMissing, {
  present: [
    { name: 'servers only', presents: serverOnly, severity: 'notice' },
    { name: 'on CUCM', machine: { type: 'CM_PUBLISHER' }, presents: serverOnly },
    {
      name: 'Finesse, a client of the CTI Server where that is secured',
      machine: { type: 'FINESSE_PRIMARY', release: '12.6(2)' },
      presents: serverOnly,
      severity: 'minor',
      because: /as a client to the CTI Server/,
    },
    {
      name: 'VVB',
      machine: { type: 'CVVB', release: '15.0(1)' },
      presents: serverOnly,
      severity: 'minor',
      because: /SIP over TLS/,
    },
    {
      name: 'host.pem of a PG of 15.0, a client of Cloud Connect as installed',
      machine: { type: 'CCE_PG', release: '15.0(1)' },
      ports: { 42030: serverOnly },
      severity: 'major',
      because: /Cloud Connect/,
    },
    {
      name: 'host.pem of a PG before that',
      machine: { type: 'CCE_PG', release: '12.6(2)' },
      ports: { 42030: serverOnly },
      severity: 'minor',
      because: /VRU PG/,
    },
    {
      name: 'IIS of a PG: not the certificate it shows',
      machine: { type: 'CCE_PG', release: '15.0(1)' },
      presents: serverOnly,
      severity: 'notice',
    },
    {
      name: 'the Call Server of CVP',
      machine: { type: 'CVP', release: '12.5(1)' },
      ports: { 8443: serverOnly },
      severity: 'minor',
    },
    {
      name: 'the VXML Server of CVP',
      machine: { type: 'CVP', release: '12.6(2)' },
      ports: { 7443: serverOnly },
      severity: 'notice',
    },
    {
      name: 'a file for CVP, whichever alias it is for',
      machine: { type: 'CVP', release: '12.6(2)' },
      files: [{ content: certificate({ purposes: [serverAuth] }).der }],
      severity: 'minor',
    },
    {
      name: 'CUIC, a client of no such link',
      machine: { type: 'CUIC_PUBLISHER', release: '12.5(1)' },
      presents: serverOnly,
      severity: 'notice',
    },
    { name: 'a Router', machine: { type: 'CCE_ROUTER', release: '12.5(1)' }, presents: serverOnly },
  ],
  absent: [
    { name: 'no extKeyUsage', presents: [certificate()] },
    { name: 'both', presents: [certificate({ purposes: [serverAuth, clientAuth] })] },
    {
      name: 'both, on Finesse',
      machine: { type: 'FINESSE_PRIMARY' },
      presents: [certificate({ purposes: [serverAuth, clientAuth] })],
    },
    { name: 'anyExtendedKeyUsage', presents: [certificate({ purposes: [any] })] },
  ],
  notApplicable: [
    { name: 'a server of somebody else', machine: { type: 'SCRIPT_TARGET' }, presents: serverOnly },
    {
      name: 'CVP of the release that the notice leaves out',
      machine: { type: 'CVP', release: '12.6(1)' },
      ports: { 8443: serverOnly },
      because: /12\.6\(1\) is outside from 12\.5, before 12\.6\(1\) or from 12\.6\(2\)/,
    },
    {
      name: 'Finesse before the notice',
      machine: { type: 'FINESSE_PRIMARY', release: '12.0(1)' },
      presents: serverOnly,
    },
    { name: 'a product that the notice does not name', machine: { type: 'LIVE_DATA_A' }, presents: serverOnly },
  ],
  inconclusive: [{ name: 'nothing was sent', presents: [], reason: 'certificate-unreadable' }],
});
