import { authority, certificate } from '#tests/support/certificates.ts';
import { testFault } from '#tests/support/test-fault.ts';
import { certificateRevoked } from './certificate-revoked.ts';

const issuer = authority('Issuing CA');
const endEntity = certificate({ issuer });
const presents = [endEntity, issuer];
const good = { status: 'good', until: '2026-12-01T00:00:00.000Z' } as const;
const revoked = { status: 'revoked', since: '2026-11-01T00:00:00.000Z', reason: 'superseded' } as const;
const unanswered = { status: 'unanswered', failure: { reason: 'connection-refused' } } as const;

testFault(certificateRevoked, {
  present: [
    {
      name: 'the end entity certificate',
      presents,
      revocation: [revoked],
      severity: 'critical',
      because: /uccx1\.example\.com was revoked at 2026-11-01T00:00:00\.000Z \(superseded\)/,
      at: endEntity,
    },
    { name: 'the issuer', presents, revocation: [good, revoked], at: issuer },
    { name: 'one, while the other list is out of reach', presents, revocation: [unanswered, revoked], at: issuer },
  ],
  absent: [{ name: 'both are good', presents, revocation: [good, good] }],
  notApplicable: [{ name: 'no list is named', presents, revocation: [], because: /names a revocation list/ }],
  inconclusive: [
    { name: 'a list is out of reach', presents, revocation: [good, unanswered], reason: 'connection-refused' },
    { name: 'not asked', presents, reason: 'not-probed' },
  ],
});
