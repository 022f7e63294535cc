import type { Scenario } from '../scenario.ts';

export const templateForAuthorities: Scenario = {
  id: 'template-for-authorities',
  title: 'The server was made a CA',
  story:
    'The request of CCP was signed with the template for subordinate authorities. Firefox refuses it, and the key of a server can issue certificates for any name.',
  needs: 'signed',
  change: (lab) => lab.install('ccp1', { basicConstraints: { ca: true, pathLength: 0, critical: true } }),
  expects: [{ fault: 'ca-certificate-as-end-entity', on: 'CCP', ports: 'tomcat' }],
};
