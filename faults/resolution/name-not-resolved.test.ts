import { testFault } from '#tests/support/test-fault.ts';
import { nameNotResolved } from './name-not-resolved.ts';

const late = { reason: 'timed-out', stage: 'resolution', afterMs: 10_000 } as const;

testFault(nameNotResolved, {
  present: [
    {
      name: 'no address',
      resolution: { addresses: [], reverse: [] },
      severity: 'critical',
      because: /no address of uccx1\.example\.com/,
    },
  ],
  absent: [
    {
      name: 'an address, whatever its own name',
      resolution: { addresses: ['192.0.2.11'], reverse: [{ address: '192.0.2.11', names: [] }] },
    },
  ],
  inconclusive: [{ name: 'no name server answers', resolution: late, reason: 'timed-out' }],
});
