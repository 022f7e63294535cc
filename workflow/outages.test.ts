import { expect, test } from 'vitest';
import { MachineId } from '#model/names.ts';
import type { Change } from '#model/plan.ts';
import type { Step } from '#model/step.ts';
import { awayInAll } from './outages.ts';

const [uccx1, cucm1] = ['uccx1', 'cucm1'].map((id) => MachineId.parse(id)) as [MachineId, MachineId];
const restart = (on: MachineId, service: string): Step => ({
  do: 'restart-service',
  via: 'vos',
  on,
  service,
  outage: 'something stands still',
});
const reboot: Step = { do: 'restart-machine', via: 'vos', on: cucm1, outage: 'everything is away' };
const renamed: Step = {
  do: 'ask-operator',
  via: 'operator',
  on: cucm1,
  asks: { for: 'domain', domain: 'lab.example' },
};
const request: Step = {
  do: 'generate-request',
  via: 'vos',
  on: uccx1,
  unit: 'tomcat',
  parentDomain: 'as filled in',
  replaces: null,
};

test.each<[what: string, steps: readonly Step[], words: string]>([
  ['nothing that people meet', [request], ''],
  ['a service', [request, restart(uccx1, 'Cisco Tomcat')], 'uccx1 (Cisco Tomcat)'],
  [
    'services, each once, and a machine behind them',
    [
      restart(uccx1, 'Cisco Tomcat'),
      restart(uccx1, 'Cisco Tomcat'),
      restart(uccx1, 'Cisco Unified CCX Engine'),
      reboot,
    ],
    'uccx1 (2 services), cucm1 (the whole machine)',
  ],
  ['a machine and a service of it', [restart(cucm1, 'Cisco Tomcat'), reboot], 'cucm1 (the whole machine)'],
  ['a machine that a person is to give another domain', [renamed], 'cucm1 (the whole machine)'],
])('%s', (_what, steps, words) => {
  const change: Pick<Change, 'steps'> = { steps: [...steps] };
  expect(awayInAll([change])).toBe(words);
});
