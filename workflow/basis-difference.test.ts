import { expect, test } from 'vitest';
import { differenceOf, factsOf, shared, toldBy } from './basis-difference.ts';

const [old = '', fresh = '', root = ''] = ['a', 'b', 'c'].map((digit) => digit.repeat(64));
const [oldCut, freshCut, rootCut] = ['a', 'b', 'c'].map((digit) => digit.repeat(16));
const many = Array.from({ length: 300 }, (_each, at) => at.toString(16).padStart(64, '0'));

test.each<[what: string, planned: string[], now: string[], lines: string[]]>([
  ['nothing moved', [`uccx1 holds ${old} as tomcat`], [`uccx1 holds ${old} as tomcat`], []],
  [
    'another identity',
    [`uccx1 holds ${old} as tomcat`],
    [`uccx1 holds ${fresh} as tomcat`],
    [`uccx1 holds as tomcat: then the old one (${oldCut}), now ${freshCut}`],
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
      `uccx1 presents at 443 8443: no longer the old one (${oldCut}); new ${freshCut}`,
      `uccx1 presents at 9443: then the old one (${oldCut}), ${rootCut}, now nothing (connection-refused)`,
    ],
  ],
  [
    'one of two addresses of a port',
    [`uccx1:443 at 192.0.2.11 presents ${old}`, `uccx1:443 at 192.0.2.12 presents ${old}`],
    [`uccx1:443 at 192.0.2.11 presents ${fresh}`, `uccx1:443 at 192.0.2.12 presents ${old}`],
    [`uccx1 presents at 443: then the old one (${oldCut}), now ${freshCut}`],
  ],
  [
    'a store, and a request',
    [`ccp1 trusts in tomcat-trust nothing`, `ccp1 awaits the reply to request ${old} for tomcat`],
    [`ccp1 trusts in tomcat-trust ${root}`],
    [
      `ccp1 trusts in tomcat-trust: then nothing, now ${rootCut}`,
      `ccp1 has a request for tomcat: then the old one (${oldCut}), now not seen`,
    ],
  ],
  [
    'a store that lost one of two alike, and one in another order',
    [`cvp1 trusts in .keystore ${old} ${old} ${root}`, `ccp1 trusts in tomcat-trust ${old} ${root}`],
    [`cvp1 trusts in .keystore ${old} ${root}`, `ccp1 trusts in tomcat-trust ${root} ${old}`],
    [
      `cvp1 trusts in .keystore: no longer the old one (${oldCut})`,
      'ccp1 trusts in tomcat-trust: the same in another order',
    ],
  ],
  [
    'a store that hundreds came into',
    [`ccp1 trusts in tomcat-trust ${root}`],
    [`ccp1 trusts in tomcat-trust ${root} ${many.join(' ')}`],
    [
      `ccp1 trusts in tomcat-trust: new ${many
        .slice(0, 5)
        .map((digest) => digest.slice(0, 16))
        .join(', ')} and 295 more`,
    ],
  ],
  ['a line of another sort', ['something else'], [], ['something else: then so, now not seen']],
])('%s', (_what, planned, now, lines) => {
  const nameOf = (digest: string): string | null => (digest === old ? 'the old one' : null);
  expect(differenceOf(factsOf(planned), factsOf(now), nameOf).sort()).toEqual(lines.sort());
});

test('shared is what both tell of', () => {
  const { then, today } = shared(
    factsOf([`uccx1 holds ${old} as tomcat`, `uccx1 holds ${old} as ipsec`]),
    factsOf([`uccx1 holds ${fresh} as tomcat`, `uccx2 holds ${old} as tomcat`]),
  );
  expect([...then.values()]).toMatchObject([{ of: 'uccx1', value: old }]);
  expect([...today.values()]).toMatchObject([{ of: 'uccx1', value: fresh }]);
});

test('what was seen is told machine by machine, ports that present the same in one line', () => {
  expect(
    toldBy([
      `ccp1 trusts in tomcat-trust ${old} ${root}`,
      `pc accepts nothing`,
      `uccx1 holds ${old} as tomcat`,
      'uccx1 is asked nothing of this shape',
      ...[8443, 443].map((port) => `uccx1:${String(port)} at 192.0.2.11 presents ${old} ${root}`),
      `uccx1:443 at 192.0.2.12 presents ${old} ${root}`,
      'uccx1:9443 at 192.0.2.11 presents nothing (connection-refused)',
    ]),
  ).toEqual([
    { of: 'ccp1', lines: [`trusts in tomcat-trust: ${oldCut} ${rootCut}`] },
    { of: 'pc', lines: ['accepts: nothing'] },
    {
      of: 'uccx1',
      lines: [
        `holds as tomcat: ${oldCut}`,
        'is asked nothing of this shape',
        'presents at 192.0.2.11, port 9443: nothing (connection-refused)',
        `presents at 192.0.2.11, ports 443 8443: ${oldCut} ${rootCut}`,
        `presents at 192.0.2.12, port 443: ${oldCut} ${rootCut}`,
      ],
    },
  ]);
});
