import type { Scenario } from '../scenario.ts';

export const cvpEnteredByItsShortName: Scenario = {
  id: 'cvp-entered-by-its-short-name',
  title: 'A CVP machine was entered in the Operations Console by its short name',
  story:
    'The device was entered as cvp2, and its certificate was asked for by the same short name. The Operations Console and whoever uses the full name find another name in it.',
  rows: ['C08'],
  needs: 'signed',
  deployment: 'UCCE',
  async change(lab) {
    lab.windows('cvp2').oampName = 'cvp2';
    await lab.installOnWindows('cvp2', 'wsm_certificate', { commonName: 'cvp2', names: ['cvp2'] });
  },
  expects: [
    { fault: 'name-mismatch', on: 'cvp2', ports: [8111] },
    { fault: 'entered-under-another-name', on: 'cvp2', ports: [8111] },
  ],
};
