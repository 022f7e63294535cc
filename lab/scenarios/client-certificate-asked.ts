import type { Scenario } from '../scenario.ts';

export const clientCertificateAsked: Scenario = {
  id: 'client-certificate-asked',
  title: 'Finesse asks agents for a certificate',
  story:
    'After a fresh installation the first UCCX node asks for client certificates, as it would of a reverse proxy. Agents on the LAN have to choose one before they see the sign-in page.',
  rows: ['U14'],
  needs: 'any',
  change: async (lab) => {
    const machine = lab.vos('uccx1');
    const authorities = [lab.vos('ccp1').identity.certificate];
    await machine.port(8445).present({ ...machine.onDisk, clientCertificates: { authorities, required: false } });
  },
  expects: [{ fault: 'client-certificate-requested', on: 'UCCX_PUBLISHER', ports: [8445] }],
};
