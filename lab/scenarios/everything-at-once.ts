import { daysFrom, newKey } from '../authority.ts';
import type { Scenario } from '../scenario.ts';

export const everythingAtOnce: Scenario = {
  id: 'everything-at-once',
  title: 'After a year without maintenance',
  story:
    'Nobody looked at the deployment for a year: the first node has expired, the second has a key that is too short, and CCP has no alternative name.',
  needs: 'signed',
  change: async (lab) => {
    await lab.install('uccx1', { notAfter: daysFrom(lab.now(), -1) });
    await lab.install('uccx2', { key: await newKey({ rsa: 1024 }) });
    await lab.install('ccp1', { names: null });
  },
  expects: [
    { fault: 'certificate-expired', on: 'UCCX_PUBLISHER', ports: 'tomcat' },
    { fault: 'subject-alternative-name-missing', on: 'CCP', ports: 'tomcat' },
    { fault: 'weak-key', on: 'UCCX_SUBSCRIBER', ports: 'tomcat' },
  ],
};
