import { describe, expect, test } from 'vitest';
import { MachineId } from '#model/names.ts';
import type { KeyStorePlace, Step } from '#model/step.ts';
import { inTheWayOf, unusableStores } from './unusable-stores.ts';

const [cvp1, cvp2] = ['cvp1', 'cvp2'].map((id) => MachineId.parse(id)) as [MachineId, MachineId];
const place = (store: string): KeyStorePlace => ({ store, path: store, format: 'JCEKS', keytool: 'keytool' });
const copyOf = (on: MachineId, store: string): Step => ({
  do: 'back-up-store',
  via: 'java',
  on,
  keyStore: place(store),
});
const restart = (on: MachineId): Step => ({
  do: 'restart-service',
  via: 'windows',
  on,
  service: 'Cisco CVP WebServicesManager',
  graceful: null,
  outage: 'it is away',
});
const look: Step = { do: 'wait-for', via: 'windows', on: cvp2, ports: [7443], unit: 'vxml_certificate', atMost: 600 };

const found = (fault: string) =>
  unusableStores([{ fault, subject: { scope: 'store', machine: cvp2, store: '.keystore' } }]);

describe('a key store that its services would not open again', () => {
  test.each([
    ['keystore-format-wrong', /\.keystore of cvp2 .* its format is wrong; first mend that \(keystore-format-wrong\)$/],
    ['key-password-differs', /another password than the key store; first mend that/],
    ['identity-alias-missing', /lacks a key that its services present; first mend that/],
  ])('by %s is left alone', (fault, because) => {
    expect(inTheWayOf([look, copyOf(cvp2, '.keystore')], found(fault))).toMatch(because);
    expect(inTheWayOf([restart(cvp2)], found(fault))).toMatch(because);
  });

  test.each<readonly [what: string, steps: readonly Step[], fault: string]>([
    ['another machine', [copyOf(cvp1, '.keystore'), restart(cvp1)], 'keystore-format-wrong'],
    ['another key store of the machine', [copyOf(cvp2, 'cacerts')], 'keystore-format-wrong'],
    ['a look at it', [look], 'keystore-format-wrong'],
    ['a fault that stops no service', [copyOf(cvp2, '.keystore')], 'reply-under-wrong-alias'],
  ])('is not in the way of %s', (_what, steps, fault) => {
    expect(inTheWayOf(steps, found(fault))).toBeNull();
  });
});
