import { authority, certificate, inDays } from '#tests/support/certificates.ts';
import { testFault } from '#tests/support/test-fault.ts';
import { issuerExpiring } from './issuer-expiring.ts';

const root = authority('Root CA');
const expiring = authority('Issuing CA', { issuer: root, notAfter: inDays(29) });
const onTheLimit = authority('Issuing CA', { issuer: root, notAfter: inDays(30) });
const expired = authority('Issuing CA', { issuer: root, notAfter: inDays(-1) });
const renewed = authority('Issuing CA', { issuer: root });
const endEntity = certificate({ issuer: expiring });
const oldRoot = authority('Root CA', { notAfter: inDays(5) });

testFault(issuerExpiring, {
  present: [
    {
      name: 'within the limit',
      presents: [endEntity, expiring],
      severity: 'major',
      because: 'the issuer Issuing CA expires in 29 days',
      at: expiring,
    },
    {
      name: 'within a longer limit',
      thresholds: { expiringDays: 60 },
      presents: [endEntity, onTheLimit],
      severity: 'minor',
    },
    {
      name: 'an upper one',
      presents: [
        certificate({ issuer: authority('Lower CA', { issuer: expiring }) }),
        authority('Lower CA', { issuer: expiring }),
        expiring,
      ],
    },
  ],
  absent: [
    { name: 'on the limit', presents: [endEntity, onTheLimit, root] },
    { name: 'expired: another fault', presents: [endEntity, expired] },
    {
      name: 'after the end entity certificate: that one comes first',
      presents: [certificate({ issuer: expiring, notAfter: inDays(20) }), expiring],
    },
    { name: 'the renewed one sent too', presents: [endEntity, expiring, renewed] },
    { name: 'a root, of which clients have their own', presents: [endEntity, renewed, oldRoot] },
    { name: 'self-signed', presents: [certificate({ notAfter: inDays(5) })] },
    {
      name: 'one that issued nothing here',
      presents: [endEntity, renewed, authority('Stranger CA', { issuer: root, notAfter: inDays(5) })],
    },
  ],
  inconclusive: [{ name: 'nothing was sent', presents: [], reason: 'certificate-unreadable' }],
});
