import { expect, test } from 'vitest';
import type { Change } from '#model/plan.ts';
import { MachineId, Sha256 } from '#model/names.ts';
import { factsOf } from './basis-difference.ts';
import { carriedFrom, machinesOf, movedUnder } from './rests-on.ts';

const [old, fresh, root] = ['a', 'b', 'c'].map((digit) => Sha256.parse(digit.repeat(64))) as [Sha256, Sha256, Sha256];
const [uccx1, ccp1] = ['uccx1', 'ccp1'].map((id) => MachineId.parse(id)) as [MachineId, MachineId];
/** Carries the certificate of uccx1 to ccp1, which lacks it; cucm1 relies on uccx1 besides. */
const changes: readonly Pick<Change, 'steps' | 'targets'>[] = [
  {
    targets: [
      {
        fault: 'certificate-not-imported',
        subject: { scope: 'trust-relation', relyingParty: ccp1, store: 'tomcat-trust', presenter: uccx1, port: 8443 },
      },
    ],
    steps: [
      {
        do: 'import-certificate',
        via: 'vos',
        on: ccp1,
        store: 'tomcat-trust',
        certificate: { from: 'identity-store', machine: uccx1, unit: 'tomcat' },
        of: 'uccx1',
      },
    ],
  },
];

test('a plan is about what it changes and what it carries', () => {
  expect(machinesOf({ changes })).toEqual([ccp1]);
  expect(carriedFrom({ changes })).toEqual([uccx1]);
});

test.each<[what: string, then: string, now: string | null, counts: boolean]>([
  [
    'a key store of the machine that it changes was saved in another format',
    `ccp1 has .keystore as JCEKS ${old.slice(32)}`,
    `ccp1 has .keystore as JKS ${fresh.slice(32)}`,
    true,
  ],
  [
    'a key store of one that only presents was written',
    `uccx1 has .keystore as JCEKS ${old.slice(32)}`,
    `uccx1 has .keystore as JCEKS ${fresh.slice(32)}`,
    false,
  ],
  [
    'the machine that it changes presents another',
    `ccp1:443 at 192.0.2.1 presents ${old}`,
    `ccp1:443 at 192.0.2.1 presents ${fresh}`,
    true,
  ],
  [
    'more is trusted on the machine that it changes',
    `ccp1 trusts in tomcat-trust ${root}`,
    `ccp1 trusts in tomcat-trust ${root} ${fresh}`,
    true,
  ],
  [
    'the certificate that it carries is another',
    `uccx1 holds ${old} as tomcat`,
    `uccx1 holds ${fresh} as tomcat`,
    true,
  ],
  [
    'the presenter trusts more',
    `uccx1 trusts in tomcat-trust ${root}`,
    `uccx1 trusts in tomcat-trust ${root} ${fresh}`,
    false,
  ],
  [
    'one that relies on it trusts more',
    `cucm1 trusts in tomcat-trust ${root}`,
    `cucm1 trusts in tomcat-trust ${root} ${fresh}`,
    false,
  ],
  [
    'one that relies on it trusts less',
    `cucm1 trusts in tomcat-trust ${old} ${root}`,
    `cucm1 trusts in tomcat-trust ${root}`,
    true,
  ],
  ['the store of one that relies on it cannot be read', `cucm1 trusts in tomcat-trust ${root}`, null, true],
  [
    'one that relies on it presents another',
    `cucm1:443 at 192.0.2.1 presents ${old}`,
    `cucm1:443 at 192.0.2.1 presents ${fresh}`,
    false,
  ],
  ['one that relies on it holds another', `cucm1 holds ${old} as tomcat`, `cucm1 holds ${fresh} as tomcat`, false],
  ['a client accepts more', `pc-fresh accepts nothing`, `pc-fresh accepts ${old}`, false],
  [
    'a client accepts a certificate of its machines no more',
    `pc-fresh accepts ${old} ${root}`,
    `pc-fresh accepts ${old}`,
    true,
  ],
  [
    'a client accepts that of another machine no more',
    `pc-fresh accepts ${old} ${fresh}`,
    `pc-fresh accepts ${old}`,
    false,
  ],
  ['nothing moved', `ccp1 holds ${old} as tomcat`, `ccp1 holds ${old} as tomcat`, false],
])('%s', (_what, then, now, counts) => {
  const held = `uccx1 holds ${root} as tomcat`;
  const moved = movedUnder({ changes }, factsOf([held, then]), factsOf(now === null ? [held] : [held, now]));
  expect(moved.then.size).toBe(counts ? 1 : 0);
  expect(moved.today.size).toBe(counts && now !== null ? 1 : 0);
});
