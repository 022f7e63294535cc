import type { Scenario } from '../scenario.ts';

export const reportingDown: Scenario = {
  id: 'reporting-down',
  title: 'Unified Intelligence Center does not listen',
  story:
    'The reporting service of the first UCCX node did not come up after the maintenance window. Nothing answers on 8444, nor on 8447, which it serves as well.',
  rows: ['U14'],
  needs: 'any',
  change: (lab) => lab.machine('uccx1').stopService('Cisco Unified Intelligence Center Reporting Service'),
  expects: [{ fault: 'service-not-listening', on: 'UCCX_PUBLISHER', ports: [8444, 8447] }],
  refusedAt: [{ on: 'UCCX_PUBLISHER', port: 8444 }],
};
