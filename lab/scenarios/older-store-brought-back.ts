import { daysFrom } from '../authority.ts';
import type { Scenario } from '../scenario.ts';

export const olderStoreBroughtBack: Scenario = {
  id: 'older-store-brought-back',
  title: 'A restored backup brought an older certificate back into the store',
  story:
    'CCP was restored from a backup of last year and not restarted since: its ports present the certificate of today, and with the next restart they present one that nobody trusts any more.',
  needs: 'self-signed',
  change: async (lab) => {
    const ccp = lab.vos('ccp1');
    ccp.identity = await lab.issueFor(ccp, { notBefore: daysFrom(lab.now(), -400) });
  },
  expects: [{ fault: 'presented-differs-from-store', on: 'CCP', ports: 'tomcat' }],
};
