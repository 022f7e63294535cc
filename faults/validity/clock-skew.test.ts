import { certificate, inDays } from '#tests/support/certificates.ts';
import { testFault } from '#tests/support/test-fault.ts';
import { clockSkew } from './clock-skew.ts';

const presents = [certificate()];
const ahead = (aheadSeconds: number, uncertaintySeconds = 1) => ({ aheadSeconds, uncertaintySeconds });

testFault(clockSkew, {
  present: [
    { name: 'six minutes', presents, clock: ahead(360), severity: 'minor', because: /6 minutes ahead$/ },
    { name: 'three hours behind', presents, clock: ahead(-10_800), severity: 'minor', because: /3 hours behind$/ },
    { name: 'two days', presents, clock: ahead(172_900), severity: 'major', because: /2 days ahead$/ },
    {
      name: 'by its clock its own certificate has expired',
      presents: [certificate({ notAfter: inDays(0, 600) })],
      clock: ahead(1200),
      severity: 'major',
    },
  ],
  absent: [
    { name: 'the same', presents, clock: ahead(0) },
    { name: 'five minutes', presents, clock: ahead(301) },
    { name: 'more, but not for sure', presents, clock: ahead(-310, 12) },
  ],
  inconclusive: [
    {
      name: 'no Date',
      presents,
      clock: { reason: 'unexpected-answer', to: 'HEAD /', answer: 'no Date' },
      reason: 'unexpected-answer',
    },
    { name: 'not asked', presents, reason: 'not-probed' },
  ],
});
