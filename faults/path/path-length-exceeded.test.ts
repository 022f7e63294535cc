import { authority, certificate } from '#tests/support/certificates.ts';
import { testFault } from '#tests/support/test-fault.ts';
import { pathLengthExceeded } from './path-length-exceeded.ts';

const root = authority('Root CA');
const upper = authority('Upper CA', { issuer: root, ca: 0 });
const lower = authority('Lower CA', { issuer: upper });
const endEntity = certificate({ issuer: lower });
const roomyUpper = authority('Upper CA', { issuer: root, ca: 1 });
const lowest = authority('Lowest CA', { issuer: lower });
const narrowRoot = authority('Root CA', { ca: 0 });
const renewedLower = authority('Upper CA', { issuer: upper });
const crossSigned = authority('Lower CA', { issuer: root });

testFault(pathLengthExceeded, {
  present: [
    {
      name: 'one below 0',
      presents: [endEntity, lower, upper, root],
      severity: 'critical',
      because: /Upper CA allows 0 intermediate certificates below it, 1 follow/,
      at: upper,
    },
    { name: 'without the root', presents: [endEntity, lower, upper], at: upper },
    { name: 'two below 1', presents: [certificate({ issuer: lowest }), lowest, lower, roomyUpper], at: roomyUpper },
    {
      name: 'the root that the client holds allows none',
      presents: [endEntity, lower, roomyUpper],
      clients: [{ anchors: [narrowRoot] }],
      at: narrowRoot,
    },
    { name: 'the root allows none', presents: [endEntity, lower, roomyUpper, narrowRoot], at: narrowRoot },
  ],
  absent: [
    { name: 'the end entity certificate does not count', presents: [certificate({ issuer: upper }), upper, root] },
    { name: 'one below 1', presents: [endEntity, lower, roomyUpper, root] },
    { name: 'no constraint', presents: [endEntity, lower] },
    { name: 'self-signed, CA:TRUE and path length 0', presents: [certificate({ ca: 0 })] },
    {
      name: 'a self-issued one does not count',
      presents: [certificate({ issuer: renewedLower }), renewedLower, upper],
    },
    {
      name: 'the client trusts what stands below it',
      presents: [endEntity, lower, upper],
      clients: [{ anchors: [lower] }],
    },
    { name: 'cross-signed, the other way allows it', presents: [endEntity, lower, upper, crossSigned, root] },
  ],
  inconclusive: [{ name: 'nothing was sent', presents: [], reason: 'certificate-unreadable' }],
});
