import { authority, certificate, ecKey } from '#tests/support/certificates.ts';
import { testFault } from '#tests/support/test-fault.ts';
import { intermediateMissing } from './intermediate-missing.ts';

const root = authority('Root CA');
const upper = authority('Upper CA', { issuer: root });
const lower = authority('Lower CA', { issuer: upper });
const endEntity = certificate({ issuer: lower });
const otherRoot = authority('Other Root CA');
const crossSigned = authority('Lower CA', { issuer: otherRoot });
const renamed = authority('Lower CA', { issuer: root, key: ecKey('renamed') });
const trusting = [{ anchors: [root] }];

testFault(intermediateMissing, {
  present: [
    {
      name: 'known from elsewhere',
      presents: [endEntity],
      clients: trusting,
      known: [upper, lower],
      because: /^Lower CA was not sent/,
      at: endEntity,
    },
    {
      name: 'on a VOS machine, as everywhere',
      presents: [endEntity],
      clients: trusting,
      advice: null,
    },
    {
      name: 'on CVP, whose key store holds the chain',
      machine: { type: 'CVP', release: '12.6(1)' },
      ports: { 8111: [endEntity] },
      clients: trusting,
      advice: /into the key store, then the reply once more/,
    },
    {
      name: 'on the AW, where Windows keeps it',
      machine: { type: 'CCE_AW', release: '12.6(1)' },
      ports: { 443: [endEntity] },
      clients: trusting,
      advice: /LocalMachine\\CA/,
    },
    {
      name: 'the upper one',
      presents: [endEntity, lower],
      clients: trusting,
      known: [upper],
      because: /^Upper CA was not sent/,
    },
    {
      name: 'the trusted one of two cross-signed',
      presents: [endEntity],
      clients: trusting,
      known: [otherRoot, crossSigned, lower, upper],
    },
    {
      name: 'unknown everywhere',
      presents: [endEntity],
      clients: trusting,
      because: /issuer of the certificate was not sent/,
    },
    { name: 'only a namesake was sent', presents: [endEntity, renamed], clients: trusting },
    {
      name: 'unreadable where it should be',
      presents: [endEntity, { der: lower.der.subarray(1) }],
      clients: trusting,
      known: [lower, upper],
    },
  ],
  absent: [
    { name: 'sent', presents: [endEntity, lower, upper], clients: trusting },
    { name: 'sent in another order', presents: [endEntity, upper, lower], clients: trusting },
    { name: 'an anchor itself', presents: [endEntity], clients: [{ anchors: [lower] }] },
    { name: 'accepted singly', presents: [endEntity], clients: [{ accepted: [endEntity] }] },
    { name: 'the root is missing and not trusted: another fault', presents: [endEntity, lower, upper] },
    { name: 'all sent, the root not trusted', presents: [endEntity, lower, upper, root] },
    {
      name: 'known, and leads nowhere trusted',
      presents: [endEntity],
      clients: [{ anchors: [otherRoot] }],
      known: [lower, upper, root],
    },
    {
      name: 'issued by a root known and not trusted',
      presents: [certificate({ issuer: otherRoot })],
      clients: trusting,
      known: [otherRoot],
    },
  ],
  notApplicable: [
    { name: 'self-signed', presents: [certificate()], because: /no issuer/ },
    {
      name: 'sent, and the signature does not verify',
      presents: [certificate({ issuer: lower, tampered: true }), lower, upper],
      clients: trusting,
      because: /see invalid-signature/,
    },
  ],
  inconclusive: [{ name: 'refused', ports: { 443: 'refused' }, reason: 'connection-refused' }],
});
