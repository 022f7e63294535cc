import type { Scenario } from '../scenario.ts';

export const rootSentAlong: Scenario = {
  id: 'root-sent-along',
  title: 'The root is sent with every handshake',
  story:
    'The certificate of CCP was loaded as one file with the whole path in it, the root too. Nothing breaks; nobody needs it.',
  needs: 'signed',
  change: (lab) =>
    lab.install('ccp1', { sentWith: [lab.authority.intermediate.certificate, lab.authority.root.certificate] }),
  expects: [{ fault: 'trust-anchor-sent', on: 'CCP', ports: 'tomcat' }],
};
