import { describe, expect, test } from 'vitest';
import { sha256 } from '#model/digest.ts';
import type { Machine } from '#model/inventory.ts';
import { MachineId } from '#model/names.ts';
import { machineOfStep, type Step } from '#model/step.ts';
import { keyStoresOf } from '#products/java-key-stores.ts';
import { restartsOfKeyStore, takenUpBy } from './taken-up-later.ts';

const types: Readonly<Record<string, Machine['type']>> = {
  uccx1: 'UCCX_PUBLISHER',
  uccx2: 'UCCX_SUBSCRIBER',
  cvp1: 'CVP',
};
const [uccx1, uccx2, cvp1] = ['uccx1', 'uccx2', 'cvp1'].map((id) => MachineId.parse(id)) as [
  MachineId,
  MachineId,
  MachineId,
];
const machineOf = (step: Step): Machine | null => {
  const id = machineOfStep(step);
  return id === null ? null : ({ id, type: types[id], release: null } as Machine);
};

const certificate = { from: 'plan', sha256: sha256('a certificate') } as const;
const vos = (on: MachineId) => ({ via: 'vos', on }) as const;
const imports: Step = { do: 'import-certificate', ...vos(uccx1), store: 'tomcat-trust', certificate, of: 'ccp1' };
const outage = 'pages are away';
const restart = (on: MachineId): Step => ({ do: 'restart-service', ...vos(on), service: 'Cisco Tomcat', outage });
const reboot: Step = { do: 'restart-machine', ...vos(uccx1), outage };
const leastVersion: Step = { do: 'set-option', ...vos(uccx1), option: 'tls server min-version', value: '1.2' };

const [keyStore] = keyStoresOf({ type: 'CVP', release: null } as Machine, '.keystore');
if (keyStore === undefined) throw new Error('CVP has no key store');
const reply: Step = {
  do: 'import-reply',
  via: 'java',
  on: cvp1,
  keyStore,
  alias: 'vxml_certificate',
  certificate,
  chain: [certificate.sha256],
};
const stops = (service: string): Step => ({
  do: 'restart-service',
  via: 'windows',
  on: cvp1,
  service,
  graceful: null,
  outage,
});

const first = { change: 0, step: 0 };
const numbers = (...changes: readonly (readonly Step[])[]): string[] =>
  takenUpBy(
    changes.map((steps) => ({ steps: [...steps] })),
    first,
    machineOf,
  ).map(({ number }) => number);

describe('a step', () => {
  test('names the restart behind it, of its own change or of a later one', () => {
    const changes = [{ steps: [imports] }, { steps: [imports, restart(uccx1)] }];
    const taken = [{ number: '2.2', title: 'uccx1: restart Cisco Tomcat' }];
    expect(takenUpBy(changes, first, machineOf)).toEqual(taken);
    expect(takenUpBy(changes, { change: 1, step: 0 }, machineOf)).toEqual(taken);
  });

  test.each<readonly [string, readonly Step[][], readonly string[]]>([
    ['a restart on another machine', [[imports], [restart(uccx2)]], []],
    ['a restart of a step that changes nothing', [[restart(uccx1)], [restart(uccx1)]], []],
    ['an option that waits for a reboot, and a service', [[leastVersion], [restart(uccx1), reboot]], ['2.2']],
    [
      'services of Windows, each with its own key',
      [[reply], [stops('Cisco CVP CallServer'), stops('Cisco CVP VXMLServer')]],
      ['2.2'],
    ],
  ])('%s', (_what, changes, expected) => {
    expect(numbers(...changes)).toEqual(expected);
  });

  test('is not taken up by what was restarted before it', () => {
    const changes = [{ steps: [restart(uccx1)] }, { steps: [imports] }];
    expect(takenUpBy(changes, { change: 1, step: 0 }, machineOf)).toEqual([]);
  });
});

test('a key store that is brought back is taken up by what its steps are taken up by, each named once', () => {
  const changes = [
    { steps: [reply, reply, stops('Cisco CVP CallServer'), stops('Cisco CVP VXMLServer')] },
    { steps: [stops('Cisco CVP VXMLServer')] },
  ];
  const copied = { do: 'back-up-store', via: 'java', on: cvp1, keyStore } as const;
  expect(restartsOfKeyStore(changes, copied, machineOf)).toEqual([
    '1.4 (cvp1: restart Cisco CVP VXMLServer)',
    '2.1 (cvp1: restart Cisco CVP VXMLServer)',
  ]);
  expect(restartsOfKeyStore(changes, { ...copied, on: uccx1 }, machineOf)).toEqual([]);
});
