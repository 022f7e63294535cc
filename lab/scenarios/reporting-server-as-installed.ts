import { freshNames } from '../machines/windows/first-identities.ts';
import type { Scenario } from '../scenario.ts';

export const reportingServerAsInstalled: Scenario = {
  id: 'reporting-server-as-installed',
  title: 'The CVP Reporting Server has the certificate of its installer',
  story:
    'The Web Services Manager of the Reporting Server was forgotten when the others were signed. It presents what the installer made: signed by itself, the short name of the machine, no alternative name.',
  rows: ['P09'],
  needs: 'signed',
  deployment: 'PCCE',
  change: (lab) => lab.installOnWindows('cvprep1', 'wsm_certificate', freshNames({ id: 'cvprep1' })),
  expects: [
    { fault: 'common-name-differs-from-inventory', on: 'cvprep1', ports: [8111] },
    { fault: 'subject-alternative-name-missing', on: 'cvprep1', ports: [8111] },
    { fault: 'self-signed-certificate', on: 'cvprep1', ports: [8111] },
  ],
};
