import type { Scenario } from '../scenario.ts';

const hour = 3600;

export const clockSetByItsHost: Scenario = {
  id: 'clock-set-by-its-host',
  title: 'The clock of a machine is three hours behind',
  story:
    'CCP was moved to another host of the virtual machines, which sets its clock to local time; its own time servers are out of reach.',
  needs: 'any',
  change: (lab) => {
    lab.machine('ccp1').clockAheadSeconds = -3 * hour;
    return Promise.resolve();
  },
  expects: [{ fault: 'clock-skew', on: 'CCP', ports: 'pages' }],
};
