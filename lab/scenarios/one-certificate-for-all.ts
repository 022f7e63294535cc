import type { Scenario } from '../scenario.ts';

export const oneCertificateForAll: Scenario = {
  id: 'one-certificate-for-all',
  title: 'The certificate of UCCX names CCP as well',
  story:
    'To pay for one certificate only, the multi-server certificate of the first UCCX node was requested with CCP among its names. Cisco allows the two UCCX nodes.',
  rows: ['U03'],
  needs: 'signed',
  change: (lab) =>
    lab.install('uccx1', {
      commonName: 'uccx1-ms.lab.example',
      names: ['lab.example', ...['uccx1', 'uccx2', 'ccp1'].map((id) => lab.machine(id).fqdn)],
    }),
  expects: [{ fault: 'foreign-name-in-multi-server-certificate', on: 'UCCX_PUBLISHER', ports: 'tomcat' }],
};
