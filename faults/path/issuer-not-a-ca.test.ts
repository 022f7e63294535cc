import { authority, certificate, ecKey } from '#tests/support/certificates.ts';
import { testFault } from '#tests/support/test-fault.ts';
import { issuerNotACa } from './issuer-not-a-ca.ts';

const root = authority('Root CA');
const lower = authority('Lower CA', { issuer: root });
const server = certificate({ commonName: 'web.example.com', issuer: lower });
const saysNo = authority('Lower CA', { issuer: root, ca: false });
const signsLists = authority('Lower CA', { issuer: root, keyUsage: [1, 0x02] });
const signsCertificates = authority('Lower CA', { issuer: root, keyUsage: [1, 0x06] });
const oldIntermediate = authority('Lower CA', { issuer: root, version: 1 });
const oldRoot = authority('Root CA', { version: 1 });
const bareRoot = certificate({ commonName: 'Root CA', dns: null });
const namesakes = Array.from({ length: 101 }, () => authority('Lower CA', { key: ecKey('no'), keyIdentifiers: false }));

testFault(issuerNotACa, {
  present: [
    {
      name: 'signed with a server certificate',
      presents: [certificate({ issuer: server }), server, lower],
      severity: 'critical',
      because: /web\.example\.com issued uccx1\.example\.com and has no basicConstraints/,
      at: server,
    },
    {
      name: 'cA is FALSE',
      presents: [certificate({ issuer: saysNo }), saysNo],
      because: /is no CA by its/,
      at: saysNo,
    },
    {
      name: 'keyUsage without keyCertSign',
      presents: [certificate({ issuer: signsLists }), signsLists],
      because: /may not sign certificates/,
    },
    {
      name: 'an intermediate of version 1',
      presents: [certificate({ issuer: oldIntermediate }), oldIntermediate],
      because: /is of version 1/,
    },
    { name: 'a root of version 3 without basicConstraints', presents: [certificate({ issuer: bareRoot }), bareRoot] },
  ],
  absent: [
    { name: 'a CA', presents: [certificate({ issuer: lower }), lower, root] },
    { name: 'a CA with keyCertSign', presents: [certificate({ issuer: signsCertificates }), signsCertificates] },
    { name: 'a root of version 1', presents: [certificate({ issuer: oldRoot }), oldRoot] },
    { name: 'self-signed, CA:TRUE and path length 0', presents: [certificate({ ca: 0 })] },
    { name: 'self-signed without basicConstraints, twice', presents: [server, server] },
    { name: 'a certificate that issued nothing here', presents: [certificate({ issuer: lower }), lower, server] },
    {
      name: 'a namesake with another key',
      presents: [certificate({ issuer: lower }), certificate({ commonName: 'Lower CA', key: ecKey('other') })],
    },
  ],
  notApplicable: [{ name: 'a flood of namesakes', presents: [certificate({ issuer: lower }), ...namesakes] }],
  inconclusive: [{ name: 'nothing was sent', presents: [], reason: 'certificate-unreadable' }],
});
