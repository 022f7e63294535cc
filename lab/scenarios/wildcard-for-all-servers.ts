import type { Scenario } from '../scenario.ts';

export const wildcardForAllServers: Scenario = {
  id: 'wildcard-for-all-servers',
  title: 'A wildcard certificate on UCCX',
  story:
    "The second UCCX node has the organisation's wildcard certificate. Browsers open it; Finesse does not support it.",
  needs: 'signed',
  change: (lab) => lab.install('uccx2', { names: ['lab.example', '*.lab.example'] }),
  expects: [{ fault: 'wildcard-name', on: 'UCCX_SUBSCRIBER', ports: 'tomcat' }],
};
