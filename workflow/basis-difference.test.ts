import { expect, test } from 'vitest';
import { basisDifference } from './basis-difference.ts';

const [old, fresh, root] = ['a', 'b', 'c'].map((digit) => digit.repeat(64));
const [oldCut, freshCut, rootCut] = ['a', 'b', 'c'].map((digit) => digit.repeat(16));

test.each<[what: string, planned: string[], now: string[], lines: string[]]>([
  ['nothing moved', [`uccx1 holds ${old} as tomcat`], [`uccx1 holds ${old} as tomcat`], []],
  [
    'another identity',
    [`uccx1 holds ${old} as tomcat`],
    [`uccx1 holds ${fresh} as tomcat`],
    [`uccx1 holds as tomcat: then ${oldCut}, now ${freshCut}`],
  ],
  [
    'ports that changed alike stand together, in their order',
    [8443, 443, 9443].map((port) => `uccx1:${String(port)} at 192.0.2.11 presents ${old} ${root}`),
    [
      `uccx1:443 at 192.0.2.11 presents ${fresh} ${root}`,
      `uccx1:8443 at 192.0.2.11 presents ${fresh} ${root}`,
      'uccx1:9443 at 192.0.2.11 presents nothing (connection-refused)',
    ],
    [
      `uccx1 presents at 443 8443: then ${oldCut} ${rootCut}, now ${freshCut} ${rootCut}`,
      `uccx1 presents at 9443: then ${oldCut} ${rootCut}, now nothing (connection-refused)`,
    ],
  ],
  [
    'one of two addresses of a port',
    [`uccx1:443 at 192.0.2.11 presents ${old}`, `uccx1:443 at 192.0.2.12 presents ${old}`],
    [`uccx1:443 at 192.0.2.11 presents ${fresh}`, `uccx1:443 at 192.0.2.12 presents ${old}`],
    [`uccx1 presents at 443: then ${oldCut}, now ${freshCut}`],
  ],
  [
    'a store, and a request',
    [`ccp1 trusts in tomcat-trust nothing`, `ccp1 awaits the reply to request ${old} for tomcat`],
    [`ccp1 trusts in tomcat-trust ${root}`],
    [
      `ccp1 trusts in tomcat-trust: then nothing, now ${rootCut}`,
      `ccp1 has a request for tomcat: then ${oldCut}, now not seen`,
    ],
  ],
  ['a line of another sort', ['something else'], [], ['something else: then so, now not seen']],
])('%s', (_what, planned, now, lines) => {
  expect(basisDifference(planned, now).sort()).toEqual(lines.sort());
});
