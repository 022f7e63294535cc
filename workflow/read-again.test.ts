import { expect, test } from 'vitest';
import { UsageError } from '#model/errors.ts';
import { MachineId } from '#model/names.ts';
import { Observation, type ProbeFailure } from '#model/observation.ts';
import { refuseUnread } from './read-again.ts';

const digest = 'ab'.repeat(32);
const basis = [
  `uccx1 holds ${digest} as tomcat`,
  `uccx1 trusts in tomcat-trust ${digest}`,
  `uccx2 holds ${digest} as x`,
];

const failed = (store: string, failure: ProbeFailure, machine = 'uccx1'): Observation =>
  Observation.parse({
    kind: 'identity-store',
    place: { at: 'store', machine, store },
    at: '2026-01-01T00:00:00.000Z',
    outcome: 'failed',
    failure,
  });
const refused: ProbeFailure = { reason: 'not-authorised', as: 'administrator' };

test.each<readonly [string, ProbeFailure, RegExp]>([
  ['a wrong password', refused, /uccx1: signing in as administrator was refused[\s\S]*Check the password/],
  [
    'no credentials',
    { reason: 'no-credentials', machine: MachineId.parse('uccx1') },
    /the inventory gives no credentials/,
  ],
])('%s is said, and not taken for another world', (_what, failure, said) => {
  const read = () => refuseUnread(basis, [failed('tomcat', failure), failed('tomcat-trust', failure)]);
  expect(read).toThrow(UsageError);
  expect(read).toThrow(said);
});

test.each<readonly [string, Observation]>([
  ['a store that was not read for the plan either', failed('ipsec', refused)],
  ['a machine that the plan does not rest on', failed('tomcat', refused, 'ccp1')],
  ['an answer that was not understood', failed('tomcat', { reason: 'unexpected-answer', to: 'show', answer: '?' })],
])('%s is left to the comparison', (_what, observation) => {
  expect(() => refuseUnread(basis, [observation])).not.toThrow();
});
