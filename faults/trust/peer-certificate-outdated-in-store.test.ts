import { authority, certificate, ecKey, inDays } from '#tests/support/certificates.ts';
import type { Answer } from '#tests/support/seen.ts';
import { testFault } from '#tests/support/test-fault.ts';
import { peerCertificateOutdatedInStore } from './peer-certificate-outdated-in-store.ts';

const own = { commonName: 'peer.example.com' };
const before = certificate({ ...own, notBefore: inDays(-400), key: ecKey('before') });
const renewed = certificate({ ...own, notBefore: inDays(-1) });
const root = authority('Root CA');
const signed = certificate({ ...own, issuer: root, notBefore: inDays(-1) });
const cucm = (answer: Answer): { type: 'CM_PUBLISHER'; answers: Record<number, Answer> } => ({
  type: 'CM_PUBLISHER',
  answers: { 8443: answer },
});

testFault(peerCertificateOutdatedInStore, {
  present: [
    {
      name: 'the self-signed one before it',
      peer: cucm([renewed]),
      holds: [before],
      severity: 'critical',
      because: /Invalid User ID/,
      at: renewed,
    },
    { name: 'the self-signed one before it was signed', peer: cucm([signed]), holds: [before] },
    { name: 'of CCP', peer: { type: 'CCP', answers: { 443: [renewed] } }, holds: [before], severity: 'major' },
  ],
  absent: [
    { name: 'both', peer: cucm([renewed]), holds: [before, renewed] },
    { name: 'the root', peer: cucm([signed]), holds: [before, root] },
    { name: 'nothing: it was never trusted', peer: cucm([renewed]), holds: [] },
    { name: 'a later one: the peer lags behind', peer: cucm([before]), holds: [renewed] },
  ],
  inconclusive: [
    { name: 'the store was not read', peer: cucm([renewed]), reason: 'not-probed' },
    { name: 'the peer did not answer', peer: cucm('refused'), holds: [before], reason: 'connection-refused' },
  ],
});
