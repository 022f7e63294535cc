import type { Scenario } from '../scenario.ts';

export const reportingWithoutTls: Scenario = {
  id: 'reporting-without-tls',
  title: 'Unified Intelligence Center answers plain HTTP',
  story: 'After a restart with a damaged connector configuration 8444 of the first UCCX node speaks HTTP without TLS.',
  rows: ['U14'],
  needs: 'any',
  change: (lab) => lab.machine('uccx1').port(8444).present({ as: 'http' }),
  expects: [{ fault: 'not-tls', on: 'UCCX_PUBLISHER', ports: [8444] }],
};
