import type { Scenario } from '../scenario.ts';

export const rootWithoutIntermediate: Scenario = {
  id: 'root-without-intermediate',
  title: 'Only the root was handed out, and the issuer is not sent',
  story:
    'CCP was given its signed certificate before its issuing CA, and the UCCX nodes hold the root alone. Browsers of PCs that met the issuer elsewhere are content; the machines are not.',
  rows: ['C06', 'U05', 'U08'],
  needs: 'signed',
  change: async (lab) => {
    const { intermediate } = lab.authority;
    for (const id of ['uccx1', 'uccx2', 'ccp1']) lab.vos(id).drop('tomcat-trust', intermediate.certificate);
    await lab.vos('ccp1').startAll();
  },
  expects: [
    { fault: 'intermediate-missing', on: 'CCP', ports: 'tomcat' },
    { fault: 'peer-not-trusted', on: 'UCCX_PUBLISHER', presenter: 'ccp1' },
    { fault: 'peer-not-trusted', on: 'UCCX_SUBSCRIBER', presenter: 'ccp1' },
  ],
  refusedAt: [
    { on: 'CCP', port: 443 },
    { on: 'CCP', port: 7443 },
  ],
};
