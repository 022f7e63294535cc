import type { Scenario } from '../scenario.ts';

export const addressAmongTheNames: Scenario = {
  id: 'address-among-the-names',
  title: 'An address stands among the names',
  story:
    'The address of CCP was entered as one more DNS name of the request, so that people could open it by its address. They still cannot.',
  needs: 'signed',
  change: (lab) => lab.install('ccp1', { names: [lab.machine('ccp1').fqdn, '192.0.2.21'] }),
  expects: [{ fault: 'address-used-as-name', on: 'CCP', ports: 'tomcat' }],
};
