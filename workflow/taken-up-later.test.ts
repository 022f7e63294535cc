import { expect, test } from 'vitest';
import { sha256 } from '#model/digest.ts';
import { MachineId } from '#model/names.ts';
import type { Step } from '#model/plan.ts';
import { takenUpLater } from './taken-up-later.ts';

const [uccx1, uccx2] = ['uccx1', 'uccx2'].map((id) => MachineId.parse(id)) as [MachineId, MachineId];
const imports = (on: MachineId): Step => ({
  do: 'import-certificate',
  via: 'vos',
  on,
  store: 'tomcat-trust',
  certificate: { from: 'plan', sha256: sha256('a certificate') },
  of: 'ccp1',
});
const restart = (on: MachineId): Step => ({
  do: 'restart-service',
  via: 'vos',
  on,
  service: 'Cisco Tomcat',
  outage: 'pages are away',
});
const first = { steps: [imports(uccx1)] };

test('a change names the later restart on its machine', () => {
  expect(takenUpLater([first, { steps: [imports(uccx1), restart(uccx1)] }], 0)).toEqual([
    'uccx1: restart Cisco Tomcat: restarted in 2.2, where its check stands.',
  ]);
});

test.each<readonly [string, { steps: Step[] }[], number]>([
  ['on another machine', [first, { steps: [restart(uccx2)] }], 0],
  ['of its own', [{ steps: [imports(uccx1), restart(uccx1)] }], 0],
  ['of an earlier change', [{ steps: [restart(uccx1)] }, first], 1],
])('a restart %s is none of them', (_what, changes, at) => {
  expect(takenUpLater(changes, at)).toEqual([]);
});
