import type { Scenario } from '../scenario.ts';

export const requestForSeveralServers: Scenario = {
  id: 'request-for-several-servers',
  title: 'The request was made for several servers',
  story:
    'Distribution was set to Multi-Server, because it stood in the list. The request of the first UCCX node is for a name with -ms in it that no server has, and a public authority will not sign it.',
  rows: ['U06'],
  needs: 'any',
  change: async (lab) => {
    const machine = lab.vos('uccx1');
    lab.leave('tomcat.csr', (await machine.newRequest(machine.units.tomcat, { distribution: 'multi-server' })).pem);
  },
  look: { with: 'check', files: ['tomcat.csr'], on: 'uccx1', unit: 'tomcat' },
  expects: [{ fault: 'certificate-file-unacceptable', on: 'uccx1', file: 'tomcat.csr' }],
};
