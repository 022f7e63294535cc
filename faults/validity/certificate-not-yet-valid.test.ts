import { certificate, inDays } from '#tests/support/certificates.ts';
import { testFault } from '#tests/support/test-fault.ts';
import { certificateNotYetValid } from './certificate-not-yet-valid.ts';

const tomorrow = certificate({ notBefore: inDays(1) });

testFault(certificateNotYetValid, {
  present: [
    { name: 'one second before notBefore', presents: [certificate({ notBefore: inDays(0, 1) })] },
    { name: 'a day before', presents: [tomorrow], at: tomorrow, severity: 'critical', because: /2026-11-23 03:15:00Z/ },
    { name: 'notAfter lies before notBefore', presents: [certificate({ notBefore: inDays(3), notAfter: inDays(2) })] },
  ],
  absent: [
    { name: 'notBefore is now', presents: [certificate({ notBefore: inDays(0) })] },
    { name: 'expired', presents: [certificate({ notAfter: inDays(-1) })] },
  ],
  inconclusive: [
    { name: 'reset', ports: { 443: { reason: 'connection-reset', stage: 'handshake' } }, reason: 'connection-reset' },
  ],
});
