import { accessTo, authority, certificate, ecKey } from '#tests/support/certificates.ts';
import { testFault } from '#tests/support/test-fault.ts';
import { intermediateMissing } from './intermediate-missing.ts';

const root = authority('Root CA');
const upper = authority('Upper CA', { issuer: root });
const lower = authority('Lower CA', { issuer: upper });
const endEntity = certificate({ issuer: lower });
const otherRoot = authority('Other Root CA');
const crossSigned = authority('Lower CA', { issuer: otherRoot });
const renamed = authority('Lower CA', { issuer: root, key: ecKey('renamed') });
const published = {
  oid: '1.3.6.1.5.5.7.1.1',
  value: accessTo(['1.3.6.1.5.5.7.48.2', 'http://ca.example.com/lower.crt']),
};
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
      known: [upper, lower],
      evidence: { 'known from': /given to this run/ },
      advice: null,
    },
    {
      name: 'on CVP, whose key store holds the chain',
      machine: { type: 'CVP', release: '12.6(1)' },
      ports: { 8111: [endEntity] },
      clients: trusting,
      known: [upper, lower],
      advice: /^Import the root and the intermediate into the key store, then the reply once more/,
    },
    {
      name: 'on the AW, where Windows keeps it',
      machine: { type: 'CCE_AW', release: '12.6(1)' },
      ports: { 443: [endEntity] },
      clients: trusting,
      advice: /LocalMachine\\CA.* Hand it to the clients/,
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
      name: 'unknown everywhere: both are named, and what decides',
      presents: [endEntity],
      clients: trusting,
      because: /^its issuer was not sent, and pc-1 does not know it: either an intermediate .* or a root issued it/,
      evidence: { 'issuer not sent': /^CN=Lower CA$/, 'what would decide it': /a root names itself/ },
      advice: /^Get the certificate of the issuer from the authority,.*tomcat-trust.* Hand it to the clients/,
    },
    {
      name: 'unknown everywhere, and published',
      presents: [certificate({ issuer: lower, extensions: [published] })],
      clients: trusting,
      because: /either an intermediate/,
      evidence: { 'issuer published at': /^http:\/\/ca\.example\.com\/lower\.crt \(not fetched\)$/ },
      advice: /^Get the certificate of the issuer from where the evidence says/,
    },
    {
      name: 'another machine sends it',
      presents: [endEntity],
      clients: trusting,
      peer: { type: 'TLS_SERVER', answers: { 8443: [endEntity, lower, upper] } },
      because: /^Lower CA was not sent$/,
      evidence: { 'known from': /^sent by peer:8443$/ },
    },
    {
      name: 'a store holds it',
      presents: [endEntity],
      clients: trusting,
      holds: [lower, upper],
      evidence: { 'known from': /^tomcat-trust of uccx1$/ },
    },
    {
      name: 'another PC has it',
      presents: [endEntity],
      clients: [...trusting, { anchors: [lower, upper] }],
      evidence: { 'known from': /^an anchor of pc-2$/ },
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
