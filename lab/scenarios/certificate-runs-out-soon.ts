import { daysFrom } from '../authority.ts';
import type { Scenario } from '../scenario.ts';

export const certificateRunsOutSoon: Scenario = {
  id: 'certificate-runs-out-soon',
  title: 'A certificate runs out in twenty days',
  story: 'Nobody has looked at the second UCCX node since the installation. Its certificate has twenty days left.',
  needs: 'any',
  change: (lab) => lab.install('uccx2', { notBefore: daysFrom(lab.now(), -710), notAfter: daysFrom(lab.now(), 20) }),
  expects: [{ fault: 'certificate-expiring', on: 'UCCX_SUBSCRIBER', ports: 'tomcat' }],
};
