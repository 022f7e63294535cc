import { daysFrom } from '../authority.ts';
import type { Scenario } from '../scenario.ts';

export const restoredFromAnOldBackup: Scenario = {
  id: 'restored-from-an-old-backup',
  title: 'A node came back from an old backup',
  story:
    'The second UCCX node was restored from a backup of last year: the certificate of then, which has run out, and a trust store that knows the CUCM of then.',
  rows: ['U12'],
  needs: 'self-signed',
  change: async (lab) => {
    const node = lab.vos('uccx2');
    await lab.install('uccx2', { notBefore: daysFrom(lab.now(), -800), notAfter: daysFrom(lab.now(), -70) }, 'peers');
    node.drop('tomcat-trust', lab.vos('cucm1').identity.certificate);
  },
  expects: [
    { fault: 'certificate-expired', on: 'UCCX_SUBSCRIBER', ports: 'tomcat' },
    { fault: 'self-signed-certificate', on: 'UCCX_SUBSCRIBER', ports: 'people' },
    { fault: 'peer-not-trusted', on: 'UCCX_SUBSCRIBER', presenter: 'cucm1' },
    { fault: 'trust-certificate-expired', on: 'UCCX_PUBLISHER', store: 'tomcat-trust' },
    { fault: 'trust-certificate-expired', on: 'CCP', store: 'tomcat-trust' },
  ],
  refusedAt: [{ on: 'UCCX_SUBSCRIBER', port: 8445 }],
};
