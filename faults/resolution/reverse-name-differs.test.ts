import { testFault } from '#tests/support/test-fault.ts';
import { reverseNameDiffers } from './reverse-name-differs.ts';

type Reverse = readonly [address: string, names: readonly string[] | null];

const leadsTo = (...reverse: readonly Reverse[]) => ({
  addresses: reverse.map(([address]) => address),
  reverse: reverse.map(([address, names]) => ({ address, names: names && [...names] })),
});

testFault(reverseNameDiffers, {
  present: [
    {
      name: 'another name',
      resolution: leadsTo(['192.0.2.11', ['old.example.com']]),
      severity: 'minor',
      because: '192.0.2.11 has the name old.example.com',
    },
    { name: 'no name', resolution: leadsTo(['192.0.2.11', []]), because: '192.0.2.11 has no name' },
    {
      name: 'the second address',
      resolution: leadsTo(['192.0.2.11', ['uccx1.example.com']], ['192.0.2.12', ['uccx2.example.com']]),
      because: /192\.0\.2\.12/,
    },
    {
      name: 'one that differs beside one that nobody knows',
      resolution: leadsTo(['192.0.2.11', null], ['192.0.2.12', ['uccx2.example.com']]),
    },
  ],
  absent: [
    { name: 'the name', resolution: leadsTo(['192.0.2.11', ['uccx1.example.com']]) },
    {
      name: 'among others, in capitals, with a final dot',
      resolution: leadsTo(['192.0.2.11', ['x.example.com', 'UCCX1.example.com.']]),
    },
  ],
  notApplicable: [{ name: 'no address', resolution: leadsTo(), because: /leads to no address/ }],
  inconclusive: [
    { name: 'no name server answers', resolution: leadsTo(['192.0.2.11', null]), reason: 'name-not-resolved' },
    {
      name: 'the name itself was not looked up',
      resolution: { reason: 'timed-out', stage: 'resolution', afterMs: 10_000 },
      reason: 'timed-out',
    },
  ],
});
