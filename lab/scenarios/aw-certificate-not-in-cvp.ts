import type { Scenario } from '../scenario.ts';

export const awCertificateNotInCvp: Scenario = {
  id: 'aw-certificate-not-in-cvp',
  title: 'A CVP machine was not given the certificate of the AW',
  story:
    'After the AW was replaced, its certificate was imported on one CVP machine only. The other shows as not reachable in CCE Administration.',
  rows: ['P06'],
  needs: 'self-signed',
  deployment: 'PCCE',
  change: (lab) => {
    const shown = lab.windows('aw1').identities.find(({ name }) => name === 'IIS');
    if (shown !== undefined) lab.windows('cvp2').drop('.keystore', shown.certificate);
  },
  expects: [{ fault: 'peer-not-trusted', on: 'cvp2', store: '.keystore', presenter: 'aw1' }],
};
