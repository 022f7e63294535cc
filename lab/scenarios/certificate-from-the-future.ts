import { daysFrom } from '../authority.ts';
import type { Scenario } from '../scenario.ts';

export const certificateFromTheFuture: Scenario = {
  id: 'certificate-from-the-future',
  title: 'A certificate was made while the clock of the node ran ahead',
  story:
    'The second UCCX node lost its NTP server and its clock ran two days ahead when its certificate was regenerated. The clock is right again; the certificate is not valid yet.',
  needs: 'self-signed',
  change: (lab) => lab.install('uccx2', { notBefore: daysFrom(lab.now(), 2) }),
  expects: [{ fault: 'certificate-not-yet-valid', on: 'UCCX_SUBSCRIBER', ports: 'tomcat' }],
  refusedAt: [{ on: 'UCCX_SUBSCRIBER', port: 8445 }],
};
