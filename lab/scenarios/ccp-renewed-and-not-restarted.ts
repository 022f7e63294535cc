import type { Scenario } from '../scenario.ts';

export const ccpRenewedAndNotRestarted: Scenario = {
  id: 'ccp-renewed-and-not-restarted',
  title: 'CCP got a new certificate and nothing was restarted',
  story:
    'The certificate of CCP was regenerated and the change closed. No service was restarted: every port goes on with the previous one, and peers and agents notice nothing until the next restart.',
  rows: ['U02'],
  needs: 'self-signed',
  change: async (lab) => {
    await lab.vos('ccp1').regenerate();
  },
  expects: [{ fault: 'previous-certificate-presented', on: 'CCP', ports: 'tomcat' }],
};
