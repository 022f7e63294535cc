import { daysFrom } from '../authority.ts';
import type { Scenario } from '../scenario.ts';

export const finesseCertificateExpired: Scenario = {
  id: 'finesse-certificate-expired',
  title: 'The certificate of the first UCCX node has expired',
  story:
    'Installed two years ago and never touched since. On Monday morning every desktop on the first node shows a certificate warning.',
  rows: ['U12', 'U17', 'U19'],
  needs: 'self-signed',
  // Peers and PCs trusted it before it expired, and still hold it.
  change: (lab) => lab.install('uccx1', { notBefore: daysFrom(lab.now(), -733), notAfter: daysFrom(lab.now(), -3) }),
  expects: [
    { fault: 'certificate-expired', on: 'UCCX_PUBLISHER', ports: 'tomcat' },
    { fault: 'trust-certificate-expired', on: 'UCCX_SUBSCRIBER', store: 'tomcat-trust' },
    { fault: 'trust-certificate-expired', on: 'CCP', store: 'tomcat-trust' },
  ],
  refusedAt: [{ on: 'UCCX_PUBLISHER', port: 8445 }],
};
