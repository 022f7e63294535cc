import { freshNames } from '../machines/windows/first-identities.ts';
import type { Scenario } from '../scenario.ts';

export const cvpAsInstalled: Scenario = {
  id: 'cvp-as-installed',
  title: 'A CVP machine was never given a signed certificate',
  story:
    'The second CVP was added last. Its VXML Server still presents what the installer made: signed by itself, the short name of the machine, no alternative name.',
  rows: ['C05'],
  needs: 'signed',
  deployment: 'PCCE',
  change: (lab) => lab.installOnWindows('cvp2', 'vxml_certificate', freshNames({ id: 'cvp2' })),
  expects: [
    { fault: 'subject-alternative-name-missing', on: 'cvp2', ports: [7443] },
    { fault: 'self-signed-certificate', on: 'cvp2', ports: [7443] },
  ],
};
