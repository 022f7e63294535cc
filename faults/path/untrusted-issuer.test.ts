import { authority, certificate } from '#tests/support/certificates.ts';
import { testFault } from '#tests/support/test-fault.ts';
import { untrustedIssuer } from './untrusted-issuer.ts';

const root = authority('Root CA');
const intermediate = authority('Issuing CA', { issuer: root });
const endEntity = certificate({ issuer: intermediate });
const otherRoot = authority('Other Root CA');
const crossSigned = authority('Issuing CA', { issuer: otherRoot });
const selfSigned = certificate();
const trusting = [{ anchors: [root] }];
const others = [{ anchors: [otherRoot] }];

const unread = { reason: 'file-unreadable', message: 'no certutil', todo: 'Install it.' } as const;

testFault(untrustedIssuer, {
  present: [
    {
      name: 'the root sent is no anchor',
      presents: [endEntity, intermediate, root],
      because: /ends in Root CA, which pc-1 does not trust/,
      cause: 'CN=Root CA',
    },
    {
      name: 'the root not sent is no anchor',
      presents: [endEntity, intermediate],
      because: /does not know the authority CN=Root CA/,
      cause: 'CN=Root CA',
    },
    {
      name: 'the root known elsewhere is no anchor',
      presents: [endEntity, intermediate],
      known: [root],
      because: /does not trust Root CA/,
    },
    {
      name: 'the intermediate known elsewhere leads to no anchor',
      presents: [endEntity],
      known: [intermediate, root],
      because: /does not trust Root CA/,
      evidence: { 'not sent either': /^Issuing CA$/ },
    },
    {
      name: 'another root of the same name',
      presents: [endEntity, intermediate],
      clients: [{ anchors: [authority('Root CA', { key: otherRoot.key })] }],
    },
    {
      name: 'self-signed, and another client accepts it',
      presents: [selfSigned],
      clients: [{}, { accepted: [selfSigned] }],
      because: /other clients do/,
    },
    {
      name: 'another certificate is accepted singly',
      presents: [endEntity, intermediate],
      clients: [{ accepted: [certificate({ issuer: intermediate })] }],
    },
    {
      name: 'the issuer accepted singly is no anchor',
      presents: [endEntity, intermediate, root],
      clients: [{ accepted: [root] }],
    },
  ],
  absent: [
    { name: 'anchored', presents: [endEntity, intermediate], clients: trusting },
    { name: 'the intermediate is the anchor', presents: [endEntity], clients: [{ anchors: [intermediate] }] },
    { name: 'accepted singly', presents: [endEntity], clients: [{ accepted: [endEntity] }] },
    { name: 'self-signed and an anchor', presents: [selfSigned], clients: [{ anchors: [selfSigned] }] },
    { name: 'cross-signed, the trusted one second', presents: [endEntity, intermediate, crossSigned], clients: others },
    {
      name: 'an intermediate not sent leads to an anchor: another fault',
      presents: [endEntity],
      clients: trusting,
      known: [intermediate],
    },
    {
      name: 'the trusted one of two known leads to an anchor',
      presents: [endEntity],
      clients: others,
      known: [intermediate, root, crossSigned],
    },
  ],
  notApplicable: [
    {
      name: 'self-signed, and nobody accepts it',
      presents: [selfSigned],
      clients: [{}, {}],
      because: /see self-signed-certificate/,
    },
  ],
  inconclusive: [
    { name: 'an issuer that nobody has seen', presents: [endEntity], clients: trusting, reason: 'issuer-not-seen' },
    { name: 'refused', ports: { 443: 'refused' }, reason: 'connection-refused' },
    {
      name: 'the store of the browser was not read',
      presents: [endEntity],
      clients: [{ unread }],
      reason: 'file-unreadable',
    },
  ],
});
