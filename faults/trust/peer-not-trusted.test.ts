import { authority, certificate, ecKey, inDays, type Sent } from '#tests/support/certificates.ts';
import type { Answer } from '#tests/support/seen.ts';
import { testFault } from '#tests/support/test-fault.ts';
import { peerNotTrusted } from './peer-not-trusted.ts';

const own = { commonName: 'peer.example.com' };
const outdated = certificate({ ...own, notBefore: inDays(-400), notAfter: inDays(-1), key: ecKey('outdated') });
const selfSigned = certificate(own);
const expired = certificate({ ...own, notAfter: inDays(0, -1) });
const root = authority('Root CA');
const intermediate = authority('Issuing CA', { issuer: root });
const signed = certificate({ ...own, issuer: intermediate });
const cucm = (answer: Answer): { type: 'CM_PUBLISHER'; answers: Record<number, Answer> } => ({
  type: 'CM_PUBLISHER',
  answers: { 8443: answer },
});

/** Cloud Connect, asked by the MR PG: what the PG shows is in its store alone. */
const asked = (host: Sent | null) => ({
  machine: { type: 'CLOUD_CONNECT_PUBLISHER', release: '15.0(1)' } as const,
  peer: { type: 'CCE_PG', release: '15.0(1)', identities: { 'host.pem': host } } as const,
  secured: ['cloud-connect-relies-on-pg'],
});

testFault(peerNotTrusted, {
  present: [
    {
      name: 'an empty store',
      peer: cucm([selfSigned]),
      holds: [],
      severity: 'critical',
      because: /Invalid User ID/,
      advice: /^Import the certificate of \S+ into the trust store named/,
      at: selfSigned,
    },
    {
      name: 'an intermediate that only completes paths',
      peer: cucm([signed]),
      holds: [],
      completes: [intermediate],
    },
    { name: 'a later one than the peer presents', peer: cucm([outdated]), holds: [selfSigned] },
    {
      name: 'only the end of another path',
      peer: cucm([signed, intermediate]),
      holds: [authority('Root CA', { key: ecKey('other') })],
      evidence: { 'authority that the store lacks': /^CN=Root CA$/ },
    },
    {
      name: 'the root without the intermediate',
      peer: cucm([signed]),
      holds: [root],
      advice: /^Import the authority of the certificate \(CN=Issuing CA\), its root first/,
      evidence: { 'authority that the store lacks': /^CN=Issuing CA$/ },
    },
    { name: 'entries that are no certificates', peer: cucm([selfSigned]), holds: [{ der: Buffer.from('no') }] },
    { name: 'CCP', peer: { type: 'CCP', answers: { 443: [selfSigned] } }, holds: [], severity: 'major' },
    { name: 'a client that shows what the store lacks', ...asked(selfSigned), holds: [], because: /peer: digital/ },
    {
      name: 'a client that shows what has expired',
      ...asked(expired),
      holds: [expired],
      because: /^what peer shows to uccx1 expired at/,
      at: expired,
    },
    { name: 'the other node', peer: { type: 'UCCX_SUBSCRIBER', answers: { 8445: [selfSigned] } }, holds: [] },
  ],
  absent: [
    { name: 'the certificate itself', peer: cucm([selfSigned]), holds: [outdated, selfSigned] },
    {
      name: 'the root, and the intermediate where it only completes paths',
      peer: cucm([signed]),
      holds: [root],
      completes: [intermediate],
    },
    { name: 'the root', peer: cucm([signed, intermediate]), holds: [root] },
    { name: 'a client that shows what the store holds', ...asked(selfSigned), holds: [selfSigned] },
    { name: 'the root and the intermediate that was not sent', peer: cucm([signed]), holds: [root, intermediate] },
    { name: 'the end entity certificate of a signed one', peer: cucm([signed]), holds: [signed] },
  ],
  notApplicable: [
    {
      name: 'a client that has nothing to show',
      ...asked(null),
      holds: [],
      because: 'there is no host.pem of peer to show',
    },
    {
      name: 'one from before it: that is another fault',
      peer: cucm([selfSigned]),
      holds: [outdated],
      because: /peer-certificate-outdated-in-store/,
    },
  ],
  inconclusive: [
    { name: 'the store was not read', peer: cucm([selfSigned]), reason: 'not-probed' },
    {
      name: 'the sign-in was refused',
      peer: cucm([selfSigned]),
      holds: { reason: 'not-authorised', as: 'administrator' },
      reason: 'not-authorised',
    },
    {
      name: 'the store of a client was not read',
      ...asked(selfSigned),
      peer: { type: 'CCE_PG' },
      holds: [],
      reason: 'not-probed',
    },
    { name: 'the peer did not answer', peer: cucm('refused'), holds: [root], reason: 'connection-refused' },
    { name: 'the port was not probed', peer: { type: 'CM_PUBLISHER' }, holds: [root], reason: 'not-probed' },
  ],
});
