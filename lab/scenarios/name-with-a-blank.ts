import type { Scenario } from '../scenario.ts';

export const nameWithABlank: Scenario = {
  id: 'name-with-a-blank',
  title: 'A name in the certificate has a blank in it',
  story: 'Whoever filled in the request of CCP typed a blank into its second name, and the CA copied it.',
  needs: 'signed',
  change: (lab) => lab.install('ccp1', { names: [lab.machine('ccp1').fqdn, 'chat .lab.example'] }),
  expects: [{ fault: 'malformed-name', on: 'CCP', ports: 'tomcat' }],
};
