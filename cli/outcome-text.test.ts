import { expect, test } from 'vitest';
import type { Outcome } from '#model/plan.ts';
import { outcomeText, type LeftBehind } from './outcome-text.ts';

const nothing: LeftBehind = { files: [], requests: [], faults: [], onWord: [], isUndone: true, remains: [] };
const rolledBack: Outcome = { status: 'rolled-back', because: 'the operator asked for it' };
const requests = ['/srv/requests/ccp1-tomcat.csr (tomcat of ccp1)'];

test.each<[what: string, outcome: Outcome, left: Partial<LeftBehind>, last: RegExp]>([
  ['nothing is left', rolledBack, {}, /To try anew: uccert trust, then uccert plan\.$/],
  [
    'nothing had to be taken back, and a request waits',
    rolledBack,
    { isUndone: false, remains: ['uccx1: make a request'] },
    /Nothing had to be taken back[^]*does no harm:\n {2}uccx1: make a request\nTo try anew[^\n]*$/,
  ],
  [
    'requests are',
    rolledBack,
    { requests },
    /Nobody needs these requests any more[^\n]*:\n {2}\/srv\/requests\/ccp1-tomcat\.csr \(tomcat of ccp1\)$/,
  ],
  [
    'files are, too',
    { status: 'verified' },
    { requests, files: ['cvp1: a copy'] },
    /these requests[^]*Files of this plan stay[^\n]*once all has been well[^\n]*\n {2}cvp1: a copy$/,
  ],
  [
    'files are, of one that was taken back',
    rolledBack,
    { files: ['cvp1: a copy'] },
    /delete them once nobody wants to go back to what they hold:\n {2}cvp1: a copy$/,
  ],
])('how a plan ended when %s', (_what, outcome, left, last) => {
  expect(outcomeText(outcome, { ...nothing, ...left })).toMatch(last);
});
