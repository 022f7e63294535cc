import type { Scenario } from '../scenario.ts';

export const bothNodesInOneCertificateOnOldRelease: Scenario = {
  id: 'both-nodes-in-one-certificate-on-old-release',
  title: 'One certificate for both nodes, on a release that does not support it',
  story:
    'The certificates were made as the guide of a later release describes it: one for both UCCX nodes. The deployment is still on 11.5.',
  rows: ['U03'],
  needs: 'signed',
  change: async (lab) => {
    await lab.setRelease('11.5(1)');
    const names = ['lab.example', ...['uccx1', 'uccx2'].map((id) => lab.machine(id).fqdn)];
    await lab.install('uccx1', { commonName: 'uccx1-ms.lab.example', names });
  },
  expects: [{ fault: 'multi-server-certificate-unsupported', on: 'UCCX_PUBLISHER', ports: 'tomcat' }],
};
