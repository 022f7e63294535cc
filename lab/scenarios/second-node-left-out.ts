import type { Scenario } from '../scenario.ts';

export const secondNodeLeftOut: Scenario = {
  id: 'second-node-left-out',
  title: 'The multi-server certificate leaves out the second node',
  story:
    'The multi-server request was made before the second UCCX node was installed. The certificate says -ms in its name and is for the first node only.',
  rows: ['U03'],
  needs: 'signed',
  change: (lab) =>
    lab.install('uccx1', {
      commonName: 'uccx1-ms.lab.example',
      names: ['lab.example', lab.machine('uccx1').fqdn],
    }),
  expects: [{ fault: 'machine-missing-from-multi-server-certificate', on: 'UCCX_PUBLISHER', ports: 'tomcat' }],
};
