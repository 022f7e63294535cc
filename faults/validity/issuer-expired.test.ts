import { authority, certificate, ecKey, inDays } from '#tests/support/certificates.ts';
import { testFault } from '#tests/support/test-fault.ts';
import { issuerExpired } from './issuer-expired.ts';

const root = authority('Root CA');
const oldRoot = authority('Root CA', { notAfter: inDays(-3) });
const expired = authority('Issuing CA', { issuer: root, notAfter: inDays(0, -1) });
const valid = authority('Issuing CA', { issuer: root, notAfter: inDays(0) });
const endEntity = certificate({ issuer: expired });
const stranger = authority('Stranger CA', { notAfter: inDays(-1), key: ecKey('stranger') });
const expiredEndEntity = certificate({ notAfter: inDays(-1), issuer: valid });

testFault(issuerExpired, {
  present: [
    { name: 'the intermediate, a second ago', presents: [endEntity, expired, root], at: expired },
    {
      name: 'the root sent along',
      presents: [endEntity, valid, oldRoot],
      at: oldRoot,
      because: /Root CA expired 3 days ago/,
    },
    {
      name: 'behind bytes that are no certificate',
      presents: [endEntity, { der: Buffer.from('no') }, expired],
      at: expired,
    },
    {
      name: 'the root that the client holds',
      presents: [endEntity, valid],
      clients: [{ anchors: [oldRoot] }],
      at: oldRoot,
    },
    { name: 'the one cross-signed of two', presents: [endEntity, valid, expired], at: expired },
  ],
  absent: [
    { name: 'notAfter is now', presents: [endEntity, valid, root] },
    {
      name: 'the client holds the renewed root too',
      presents: [endEntity, valid],
      clients: [{ anchors: [oldRoot, root] }],
    },
    { name: 'only the end entity certificate', presents: [endEntity] },
    { name: 'the expired end entity certificate sent twice', presents: [expiredEndEntity, expiredEndEntity, valid] },
    { name: 'an expired certificate that issued none of the list', presents: [endEntity, valid, stranger] },
  ],
  inconclusive: [{ name: 'nothing was sent', presents: [], reason: 'certificate-unreadable' }],
});
