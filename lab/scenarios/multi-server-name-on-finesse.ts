import type { Scenario } from '../scenario.ts';

export const multiServerNameOnFinesse: Scenario = {
  id: 'multi-server-name-on-finesse',
  title: 'A multi-server name does not equal the name in the inventory',
  story:
    'Both Finesse nodes were put into one certificate. The CA wrote finesse1-ms into its common name, and CCE Administration, which compares that name, no longer accepts the machine.',
  rows: ['C06', 'P08'],
  needs: 'signed',
  deployment: 'PCCE',
  change: async (lab) => {
    const names = ['lab.example', lab.vos('finesse1').fqdn, lab.vos('finesse2').fqdn];
    for (const id of ['finesse1', 'finesse2']) await lab.install(id, { commonName: 'finesse1-ms.lab.example', names });
  },
  expects: [
    { fault: 'common-name-differs-from-inventory', on: 'finesse1', ports: 'tomcat' },
    { fault: 'common-name-differs-from-inventory', on: 'finesse2', ports: 'tomcat' },
  ],
};
