import { daysFrom } from '../authority.ts';
import type { Scenario } from '../scenario.ts';

export const cucmCertificateExpired: Scenario = {
  id: 'cucm-certificate-expired',
  title: 'The certificate of CUCM has expired',
  story:
    'The telephony team looks after CUCM, and nobody looks after its certificate. UCCX does not sign anybody in any more, and agents read "Invalid User ID/Password".',
  rows: ['U20'],
  needs: 'self-signed',
  change: (lab) => lab.install('cucm1', { notBefore: daysFrom(lab.now(), -1827), notAfter: daysFrom(lab.now(), -2) }),
  expects: [
    { fault: 'certificate-expired', on: 'CM_PUBLISHER', ports: 'tomcat' },
    { fault: 'trust-certificate-expired', on: 'UCCX_PUBLISHER', store: 'tomcat-trust' },
    { fault: 'trust-certificate-expired', on: 'UCCX_SUBSCRIBER', store: 'tomcat-trust' },
  ],
};
