import { certificate } from '#tests/support/certificates.ts';
import { testFault } from '#tests/support/test-fault.ts';
import { modernProtocolRefused } from './modern-protocol-refused.ts';

const refused = { alert: 'protocol_version' } as const;
const late = { reason: 'timed-out', stage: 'handshake', afterMs: 1 } as const;
const neither = { 'TLSv1.2': refused, 'TLSv1.3': refused } as const;

const alerted = (alert: string) => ({ reason: 'tls-alert', alert }) as const;

testFault(modernProtocolRefused, {
  present: [
    {
      name: 'TLS 1.1 picked from the usual offer, no variant asked',
      presents: [certificate()],
      picked: 'TLSv1.1',
      severity: 'critical',
      because: 'TLS 1.2 and TLS 1.3 are refused; accepted is TLSv1.1',
    },
    {
      name: 'the usual offer refused for its versions, no variant asked',
      ports: { 443: alerted('protocol_version') },
      picked: alerted('protocol_version'),
      because: /no older one/,
    },
    {
      name: 'TLS 1.1 picked, and TLS 1.0 taken besides',
      picked: 'TLSv1.1',
      variants: { ...neither, 'TLSv1.1': 'accepted', TLSv1: 'accepted' },
      because: /accepted is TLSv1\.1, TLSv1$/,
    },
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
    { name: 'TLS 1.2 picked, no variant asked', presents: [certificate()], picked: 'TLSv1.2' },
    { name: 'TLS 1.3 picked, no variant asked', presents: [certificate()], picked: 'TLSv1.3' },
    {
      name: 'TLS 1.1 picked from the usual offer, TLS 1.2 where it is offered alone',
      picked: 'TLSv1.1',
      variants: { 'TLSv1.2': 'accepted', 'TLSv1.3': refused },
    },
    { name: 'both', variants: { 'TLSv1.2': 'accepted', 'TLSv1.3': 'accepted' } },
    { name: 'TLS 1.2 only', variants: { 'TLSv1.2': 'accepted', 'TLSv1.3': refused } },
    { name: 'TLS 1.3 only, the other not answered', variants: { 'TLSv1.2': late, 'TLSv1.3': 'accepted' } },
  ],
  inconclusive: [
    {
      name: 'the usual offer refused for something else',
      ports: { 443: alerted('handshake_failure') },
      picked: alerted('handshake_failure'),
      reason: 'tls-alert',
    },
    {
      name: 'nothing listens',
      ports: { 443: 'refused' },
      picked: { reason: 'connection-refused' },
      reason: 'connection-refused',
    },
    {
      name: 'one refused, the other not answered',
      picked: late,
      variants: { 'TLSv1.2': refused, 'TLSv1.3': late },
      reason: 'timed-out',
    },
    {
      name: 'everything is refused, for the name',
      variants: { 'TLSv1.2': { alert: 'unrecognized_name' }, 'TLSv1.3': { alert: 'unrecognized_name' } },
      reason: 'tls-alert',
    },
    { name: 'nothing was asked', variants: {}, reason: 'not-probed' },
  ],
});
