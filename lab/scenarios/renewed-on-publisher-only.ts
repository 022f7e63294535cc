import { daysFrom } from '../authority.ts';
import type { Scenario } from '../scenario.ts';

export const renewedOnPublisherOnly: Scenario = {
  id: 'renewed-on-publisher-only',
  title: 'Only the publisher was renewed',
  story:
    'The certificates of both UCCX nodes ran out on the same day. The first node was renewed in time; nobody remembered the second, and failover has failed since yesterday.',
  rows: ['L03'],
  needs: 'signed',
  change: async (lab) => {
    await lab.install('uccx1', { notBefore: daysFrom(lab.now(), -2), notAfter: daysFrom(lab.now(), 363) });
    await lab.install('uccx2', { notAfter: daysFrom(lab.now(), -1) });
  },
  expects: [{ fault: 'certificate-expired', on: 'UCCX_SUBSCRIBER', ports: 'tomcat' }],
};
