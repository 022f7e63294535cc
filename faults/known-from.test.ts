import { expect, test } from 'vitest';
import { sha256 } from '#model/digest.ts';
import { MachineId, type ClientId } from '#model/names.ts';
import type { Observation } from '#model/observation.ts';
import { knownFrom } from './known-from.ts';

const wanted = sha256('wanted');
const other = sha256('other');
const at = '2026-11-23T00:00:00Z';
const recorded = { at, outcome: 'recorded' } as const;
const uccx1 = MachineId.parse('uccx1');

function sentBy(port: number, ...certificates: (typeof wanted)[]): Observation {
  const place = { at: 'endpoint', machine: uccx1, port, address: '192.0.2.11', serverName: null } as const;
  return { kind: 'certificate-list', place, ...recorded, value: { certificates } };
}
const store = (name: string) => ({ at: 'store', machine: uccx1, store: name }) as const;
const trusted: Observation = {
  kind: 'trust-store',
  place: store('tomcat-trust'),
  ...recorded,
  value: { entries: [{ name: 'Root CA', certificate: wanted }] },
};
const behind: Observation = {
  kind: 'identity-store',
  place: store('IIS'),
  ...recorded,
  value: { unit: 'IIS', certificate: other, issuers: [wanted] },
};
const anchored = [{ id: 'pc-managed' as ClientId, anchors: [wanted] }];

test.each<readonly [expected: RegExp, observations: readonly Observation[], clients: typeof anchored]>([
  [/^sent by uccx1:443/, [trusted, sentBy(8443, wanted), sentBy(443, other, wanted)], anchored],
  [/^tomcat-trust of uccx1$/, [trusted, sentBy(443, other)], anchored],
  [/^behind IIS in the store of uccx1$/, [behind], anchored],
  [/^an anchor of pc-managed$/, [sentBy(443, other)], anchored],
  [/^a certificate given to this run$/, [sentBy(443, other)], []],
])('%s', (expected, observations, clients) => {
  const inventory = { clients } as unknown as Parameters<typeof knownFrom>[2];
  expect(knownFrom(wanted, observations, inventory)).toMatch(expected);
  expect(knownFrom(wanted, [...observations].reverse(), inventory)).toMatch(expected);
});
