import { testFault } from '#tests/support/test-fault.ts';
import { modernProtocolRefused } from './modern-protocol-refused.ts';

const refused = { alert: 'protocol_version' } as const;
const late = { reason: 'timed-out', stage: 'handshake', afterMs: 1 } as const;
const neither = { 'TLSv1.2': refused, 'TLSv1.3': refused } as const;

testFault(modernProtocolRefused, {
  present: [
    {
      name: 'TLS 1.0 only, at a port of agents',
      variants: { ...neither, TLSv1: 'accepted' },
      severity: 'critical',
      because: 'TLS 1.2 and TLS 1.3 are refused; accepted is TLSv1',
    },
    {
      name: 'TLS 1.0 only, at a port of no document',
      machine: { type: 'TLS_SERVER' },
      variants: { 'TLSv1.2': 'closed', 'TLSv1.3': 'closed', TLSv1: 'accepted' },
      severity: 'major',
    },
    {
      name: 'TLS 1.3 refused for want of a suite, TLS 1.2 answered with an older version',
      variants: { 'TLSv1.2': { version: 'TLSv1' }, 'TLSv1.3': { alert: 'handshake_failure' }, TLSv1: 'accepted' },
    },
    {
      name: 'the alert says that it is the version',
      variants: { ...neither, TLSv1: refused },
      because: /no older one/,
    },
  ],
  absent: [
    { name: 'both', variants: { 'TLSv1.2': 'accepted', 'TLSv1.3': 'accepted' } },
    { name: 'TLS 1.2 only', variants: { 'TLSv1.2': 'accepted', 'TLSv1.3': refused } },
    { name: 'TLS 1.3 only, the other not answered', variants: { 'TLSv1.2': late, 'TLSv1.3': 'accepted' } },
  ],
  inconclusive: [
    {
      name: 'one refused, the other not answered',
      variants: { 'TLSv1.2': refused, 'TLSv1.3': late },
      reason: 'timed-out',
    },
    {
      name: 'everything is refused, for the name',
      variants: { 'TLSv1.2': { alert: 'unrecognized_name' }, 'TLSv1.3': { alert: 'unrecognized_name' } },
      reason: 'tls-alert',
    },
    { name: 'none was asked', variants: {}, reason: 'not-probed' },
  ],
});
