import { expect, test } from 'vitest';
import { ClientId, MachineId, Sha256 } from '#model/names.ts';
import type { Change } from '#model/plan.ts';
import type { Step } from '#model/step.ts';
import { stepTitle } from '#model/step-title.ts';
import { fewestRestarts } from './fewest-restarts.ts';

const sha256 = Sha256.parse('a'.repeat(64));
const steps = {
  importOn: (on: string): Step => ({
    via: 'vos',
    do: 'import-certificate',
    on: MachineId.parse(on),
    store: 'tomcat-trust',
    certificate: { from: 'plan', sha256 },
    of: 'a peer',
  }),
  restart: (on: string, service: string): Step => ({
    via: 'vos',
    do: 'restart-service',
    on: MachineId.parse(on),
    service,
    outage: 'sign-in',
  }),
  reboot: (on: string): Step => ({ via: 'vos', do: 'restart-machine', on: MachineId.parse(on), outage: 'all' }),
  leastVersion: (on: string): Step => ({
    via: 'vos',
    do: 'set-option',
    on: MachineId.parse(on),
    option: 'tls min-version',
    value: '1.2',
    outage: 'all',
  }),
  asked: (on: string): Step => ({
    via: 'operator',
    do: 'ask-operator',
    on: MachineId.parse(on),
    asks: { for: 'domain', domain: 'example.com' },
  }),
  wait: (on: string, ...ports: number[]): Step => ({
    via: 'vos',
    do: 'wait-for',
    on: MachineId.parse(on),
    ports,
    unit: 'tomcat',
    atMost: 60,
  }),
};
const exchanged: Step = {
  via: 'here',
  do: 'write-file',
  client: ClientId.parse('pc'),
  path: 'accepted.pem',
  certificate: { from: 'plan', sha256 },
  replaces: sha256,
};
const { importOn, restart, reboot, leastVersion, wait, asked } = steps;

const change = (title: string, own: Step[], more: Partial<Change> = {}): Change => ({
  remediation: 'some-fix',
  title,
  targets: [{ fault: title, subject: { scope: 'machine', machine: MachineId.parse('uccx1') } }],
  keeps: [],
  steps: own,
  reversible: true,
  irreversible: [],
  ...more,
});

test.each<[what: string, before: Step[][], after: Step[][]]>([
  [
    'a service that two changes restart is restarted once, behind the last',
    [
      [importOn('uccx1'), restart('uccx1', 'Cisco Tomcat')],
      [importOn('uccx1'), restart('uccx1', 'Cisco Tomcat')],
    ],
    [[importOn('uccx1')], [importOn('uccx1'), restart('uccx1', 'Cisco Tomcat')]],
  ],
  [
    'another service, and the same on another machine, are not it',
    [
      [restart('uccx1', 'Cisco Tomcat'), restart('uccx2', 'Cisco Tomcat')],
      [restart('uccx1', 'Cisco Unified Intelligence Center')],
    ],
    [
      [restart('uccx2', 'Cisco Tomcat')],
      [restart('uccx1', 'Cisco Tomcat'), restart('uccx1', 'Cisco Unified Intelligence Center')],
    ],
  ],
  [
    'what a reboot takes up is not restarted before it',
    [[importOn('uccx1'), restart('uccx1', 'Cisco Tomcat'), restart('uccx2', 'Cisco Tomcat')], [reboot('uccx1')]],
    [[importOn('uccx1'), restart('uccx2', 'Cisco Tomcat')], [reboot('uccx1')]],
  ],
  [
    'a machine that reboots for an option restarts its services all the same: they are taken back behind it',
    [[importOn('cucm1'), restart('cucm1', 'Cisco Tomcat')], [leastVersion('cucm1')]],
    [[importOn('cucm1'), restart('cucm1', 'Cisco Tomcat')], [leastVersion('cucm1')]],
  ],
  [
    'what is restarted after a reboot is',
    [[reboot('uccx1')], [restart('uccx1', 'Cisco Tomcat')]],
    [[reboot('uccx1')], [restart('uccx1', 'Cisco Tomcat')]],
  ],
  [
    'what is left of the restarts of a machine stands together, in the order they had',
    [
      [importOn('uccx1'), restart('uccx1', 'Cisco Tomcat'), restart('uccx1', 'Cisco Identity Service')],
      [importOn('uccx1'), restart('cucm1', 'Cisco Tomcat'), restart('uccx1', 'Cisco Tomcat')],
    ],
    [
      [importOn('uccx1')],
      [
        importOn('uccx1'),
        restart('cucm1', 'Cisco Tomcat'),
        restart('uccx1', 'Cisco Identity Service'),
        restart('uccx1', 'Cisco Tomcat'),
      ],
    ],
  ],
  [
    'the old certificate is taken from PCs when the restarts that were moved are done',
    [
      [importOn('uccx1'), restart('uccx1', 'Cisco Tomcat'), exchanged],
      [importOn('uccx1'), restart('uccx1', 'Cisco Tomcat')],
    ],
    [[importOn('uccx1')], [importOn('uccx1'), restart('uccx1', 'Cisco Tomcat'), exchanged]],
  ],
  [
    'and where they stand where they stood',
    [[importOn('uccx1'), restart('uccx1', 'Cisco Tomcat'), exchanged], [importOn('uccx2')]],
    [[importOn('uccx1'), restart('uccx1', 'Cisco Tomcat'), exchanged], [importOn('uccx2')]],
  ],
  [
    'it is not put off behind what people are waited for',
    [
      [importOn('uccx1'), restart('uccx1', 'Cisco Identity Service')],
      [asked('uccx1'), restart('uccx1', 'Cisco Tomcat')],
    ],
    [
      [importOn('uccx1'), restart('uccx1', 'Cisco Identity Service')],
      [asked('uccx1'), restart('uccx1', 'Cisco Tomcat')],
    ],
  ],
  [
    'one wait is for the ports of all',
    [
      [importOn('uccx1'), wait('uccx1', 443, 8443)],
      [importOn('uccx1'), wait('uccx1', 8443, 8445)],
    ],
    [[importOn('uccx1')], [importOn('uccx1'), wait('uccx1', 443, 8443, 8445)]],
  ],
])('%s', (_what, before, after) => {
  const merged = fewestRestarts(before.map((own, place) => change(String(place), own)));
  expect(merged.map((each) => each.steps)).toEqual(after);
  // So that a failure is read at a glance.
  expect(merged.map((each) => each.steps.map(stepTitle))).toEqual(after.map((own) => own.map(stepTitle)));
});

test('a change that has nothing left of its own is cleared, watched and consented to with the one that restarts for it', () => {
  const first = change('first', [restart('uccx1', 'Cisco Tomcat')], {
    keeps: [{ fault: 'kept', subject: { scope: 'machine', machine: MachineId.parse('uccx2') } }],
    reversible: false,
    irreversible: ['the first cannot be taken back'],
  });
  const second = change('second', [restart('uccx1', 'Cisco Tomcat')]);
  const [merged, ...none] = fewestRestarts([first, second]);
  expect(none).toEqual([]);
  expect(merged).toEqual({
    ...second,
    targets: [...second.targets, ...first.targets],
    keeps: first.keeps,
    reversible: false,
    irreversible: first.irreversible,
  });
});

test('what has nothing left at the end is cleared with the last that has', () => {
  const [first, second] = [change('first', [importOn('uccx1')]), change('second', [])];
  expect(fewestRestarts([first, second])).toEqual([{ ...first, targets: [...first.targets, ...second.targets] }]);
});
