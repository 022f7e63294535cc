import { certificate, inDays } from '#tests/support/certificates.ts';
import { testFault } from '#tests/support/test-fault.ts';
import { trustCertificateExpired } from './trust-certificate-expired.ts';

const valid = certificate({ notAfter: inDays(0) });
const expired = certificate({ notAfter: inDays(0, -1) });

testFault(trustCertificateExpired, {
  present: [
    {
      name: 'one, a second ago',
      holds: [valid, expired],
      severity: 'minor',
      at: expired,
      because: /holds 1 expired certificate$/,
    },
    { name: 'two', holds: [expired, certificate({ notAfter: inDays(-1) })], because: /holds 2 expired certificates$/ },
  ],
  absent: [
    { name: 'none', holds: [valid] },
    { name: 'an empty store', holds: [] },
    { name: 'bytes that are no certificate', holds: [{ der: Buffer.from('no') }] },
  ],
  inconclusive: [
    { name: 'not read', presents: [valid], reason: 'not-probed' },
    {
      name: 'no credentials',
      holds: { reason: 'host-key-not-pinned', seen: 'SHA256:x' },
      reason: 'host-key-not-pinned',
    },
  ],
});
