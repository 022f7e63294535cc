import type { Scenario } from '../scenario.ts';

export const certificatesSentOutOfOrder: Scenario = {
  id: 'certificates-sent-out-of-order',
  title: 'The list has the root before the intermediate',
  story:
    'The certificate of CCP was uploaded as one file with its CAs pasted in the wrong order. Browsers cope; older Java clients do not.',
  needs: 'signed',
  change: (lab) =>
    lab.install('ccp1', { sentWith: [lab.authority.root.certificate, lab.authority.intermediate.certificate] }),
  expects: [
    { fault: 'certificate-list-out-of-order', on: 'CCP', ports: 'tomcat' },
    { fault: 'trust-anchor-sent', on: 'CCP', ports: 'tomcat' },
  ],
};
