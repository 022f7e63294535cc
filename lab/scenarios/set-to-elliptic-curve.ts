import type { Scenario } from '../scenario.ts';

export const setToEllipticCurve: Scenario = {
  id: 'set-to-elliptic-curve',
  title: 'A node set to ECDSA, whose ECDSA certificate nobody signed',
  story:
    'The second UCCX node was set to present ECDSA certificates. Its RSA certificate was signed by the authority of the organisation; the ECDSA one is the self-signed one of the installation, which nobody knows.',
  rows: ['U09'],
  needs: 'signed',
  change: async (lab) => {
    const machine = lab.vos('uccx2');
    machine.settings = { ...machine.settings, certificateType: 'ecdsa' };
    await machine.startAll();
  },
  expects: [
    { fault: 'self-signed-certificate', on: 'UCCX_SUBSCRIBER', ports: 'tomcat' },
    { fault: 'peer-not-trusted', on: 'UCCX_PUBLISHER', presenter: 'uccx2' },
    { fault: 'peer-not-trusted', on: 'CCP', presenter: 'uccx2' },
  ],
};
