import type { Scenario } from '../scenario.ts';

export const signedCertificateOverwritten: Scenario = {
  id: 'signed-certificate-overwritten',
  title: 'A CA-signed certificate was overwritten by regeneration',
  story:
    'Someone answered yes to "This operation will overwrite any CA signed certificate" on the second UCCX node. The peers were given the new self-signed certificate; the agents meet a warning.',
  needs: 'signed',
  change: async (lab) => {
    const machine = lab.vos('uccx2');
    await machine.regenerate();
    lab.makeKnown(machine, machine.identity.certificate, 'peers');
    await machine.startAll();
  },
  expects: [{ fault: 'self-signed-certificate', on: 'UCCX_SUBSCRIBER', ports: 'tomcat' }],
  refusedAt: [{ on: 'UCCX_SUBSCRIBER', port: 8445 }],
};
