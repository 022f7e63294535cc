import { putBehind } from '../chain-behind.ts';
import type { Scenario } from '../scenario.ts';

export const issuerLeftOutOnCvp: Scenario = {
  id: 'issuer-left-out-on-cvp',
  title: 'Web Services Manager was given its certificate without the issuer',
  story:
    'The reply was imported into the key store of the Reporting Server as a single certificate. Who holds the root only cannot build the path.',
  rows: ['C05'],
  needs: 'signed',
  deployment: 'PCCE',
  change: (lab) => putBehind(lab.windows('cvprep1'), 'wsm_certificate', []),
  expects: [{ fault: 'intermediate-missing', on: 'CVP_REPORTING', ports: [8111] }],
};
