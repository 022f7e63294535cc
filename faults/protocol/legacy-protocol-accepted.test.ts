import { testFault } from '#tests/support/test-fault.ts';
import { legacyProtocolAccepted } from './legacy-protocol-accepted.ts';

const refused = { alert: 'protocol_version' } as const;
const modern = { 'TLSv1.2': 'accepted', 'TLSv1.3': 'accepted' } as const;

testFault(legacyProtocolAccepted, {
  present: [
    {
      name: 'TLS 1.0 and 1.1',
      variants: { ...modern, SSLv3: refused, TLSv1: 'accepted', 'TLSv1.1': 'accepted' },
      severity: 'minor',
      because: 'the port accepts TLSv1, TLSv1.1',
    },
    { name: 'SSL 3.0', variants: { SSLv3: 'accepted', TLSv1: refused, 'TLSv1.1': refused }, because: /SSLv3/ },
    {
      name: 'seen although another version was not answered',
      variants: { SSLv3: { reason: 'timed-out', stage: 'handshake', afterMs: 1 }, TLSv1: 'accepted' },
    },
  ],
  absent: [
    {
      name: 'answered with another version',
      variants: { SSLv3: 'closed', TLSv1: 'closed', 'TLSv1.1': { version: 'TLSv1' } },
    },
    { name: 'all refused by alert', variants: { ...modern, SSLv3: refused, TLSv1: refused, 'TLSv1.1': refused } },
    { name: 'all refused by closing', variants: { SSLv3: 'closed', TLSv1: 'closed', 'TLSv1.1': 'closed' } },
  ],
  inconclusive: [
    { name: 'one was not asked', variants: { SSLv3: refused, TLSv1: refused }, reason: 'not-probed' },
    {
      name: 'one was not answered',
      variants: { SSLv3: refused, 'TLSv1.1': refused, TLSv1: { reason: 'timed-out', stage: 'handshake', afterMs: 1 } },
      reason: 'timed-out',
    },
    { name: 'none was asked', presents: [], reason: 'not-probed' },
  ],
  notApplicable: [{ name: 'a port closed as documented', ports: { 7443: 'refused' }, because: /^the port is closed/ }],
});
