import type { Scenario } from '../scenario.ts';

export const subscriberNeverTrusted: Scenario = {
  id: 'subscriber-never-trusted',
  title: 'The certificate of the second node was never handed out',
  story:
    'The second UCCX node was installed a year after the first. Its certificate was never imported on CCP or on the first node: everything works until the first failover.',
  rows: ['U10'],
  needs: 'self-signed',
  change: (lab) => {
    const { certificate } = lab.vos('uccx2').identity;
    for (const id of ['uccx1', 'ccp1']) lab.vos(id).drop('tomcat-trust', certificate);
  },
  expects: [
    { fault: 'peer-not-trusted', on: 'CCP', presenter: 'uccx2' },
    { fault: 'peer-not-trusted', on: 'UCCX_PUBLISHER', presenter: 'uccx2' },
  ],
};
