import { certificate, inDays } from '#tests/support/certificates.ts';
import { testFault } from '#tests/support/test-fault.ts';
import { certificateExpiring } from './certificate-expiring.ts';

const left = (days: number, seconds = 0): ReturnType<typeof certificate>[] => [
  certificate({ notBefore: inDays(-700), notAfter: inDays(days, seconds) }),
];

testFault(certificateExpiring, {
  present: [
    { name: '29 days left', presents: left(29), severity: 'major', because: /expires in 29 days/ },
    { name: 'a second less than 30 days left', presents: left(30, -1), severity: 'major' },
    { name: 'one day left', presents: left(1), because: /expires in 1 day$/ },
    { name: 'notAfter is now', presents: left(0), because: /expires in 0 days/ },
    { name: '59 days left of a limit of 60', thresholds: { expiringDays: 60 }, presents: left(59), severity: 'minor' },
    { name: '30 days left of a limit of 60', thresholds: { expiringDays: 60 }, presents: left(30), severity: 'minor' },
    { name: '29 days left of a limit of 60', thresholds: { expiringDays: 60 }, presents: left(29), severity: 'major' },
    {
      name: '15 days left of 47',
      presents: [certificate({ notBefore: inDays(-32), notAfter: inDays(15) })],
      severity: 'major',
    },
  ],
  absent: [
    { name: '30 days left', presents: left(30) },
    {
      name: 'before it has become valid',
      presents: [certificate({ notBefore: inDays(1), notAfter: inDays(20) })],
    },
    { name: '31 days left', presents: left(31) },
    { name: '16 days left of 47', presents: [certificate({ notBefore: inDays(-31), notAfter: inDays(16) })] },
    { name: '29 days left of a limit of 7', thresholds: { expiringDays: 7 }, presents: left(29) },
  ],
  notApplicable: [{ name: 'expired', presents: left(0, -1), because: /expired already/ }],
  inconclusive: [
    { name: 'an alert', ports: { 443: { reason: 'tls-alert', alert: 'handshake_failure' } }, reason: 'tls-alert' },
  ],
});
