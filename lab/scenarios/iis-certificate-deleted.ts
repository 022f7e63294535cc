import type { Scenario } from '../scenario.ts';

export const iisCertificateDeleted: Scenario = {
  id: 'iis-certificate-deleted',
  title: 'The certificate of IIS was deleted from the store of Windows',
  story:
    'In a clean-up of the Personal store of the AW somebody deleted the certificate that the default web site has bound. IIS goes on with it until the next restart.',
  rows: ['C01', 'P04'],
  needs: 'any',
  deployment: 'PCCE',
  change: (lab) => {
    const aw = lab.windows('aw1');
    aw.certificateStore.delete('My', aw.bindings.at(443)?.hash ?? '');
  },
  expects: [{ fault: 'identity-certificate-absent', on: 'CCE_AW', store: 'IIS' }],
};
