import { daysFrom } from '../authority.ts';
import type { Scenario } from '../scenario.ts';

export const iisCertificateExpiredOnAw: Scenario = {
  id: 'iis-certificate-expired-on-aw',
  title: 'The certificate of the administration workstation ran out',
  story:
    'IIS on the AW still presents the certificate of two years ago. CCE Administration opens with a warning, and every machine that was told to trust it refuses it.',
  rows: ['C01', 'C07', 'P03'],
  needs: 'signed',
  deployment: 'PCCE',
  change: (lab) => lab.installOnWindows('aw1', 'IIS', { notAfter: daysFrom(lab.now(), -1) }),
  expects: [{ fault: 'certificate-expired', on: 'CCE_AW', ports: [443] }],
  refusedAt: [{ on: 'CCE_AW', port: 443 }],
};
