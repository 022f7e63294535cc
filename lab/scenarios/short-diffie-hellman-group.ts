import type { Scenario } from '../scenario.ts';

export const shortDiffieHellmanGroup: Scenario = {
  id: 'short-diffie-hellman-group',
  title: 'Finesse with a Diffie-Hellman group of 1024 bits',
  story:
    'Finesse of the second UCCX node was never patched against Logjam: its DHE suites work in a group of 1024 bits.',
  rows: ['U23'],
  needs: 'any',
  change: async (lab) => {
    const machine = lab.vos('uccx2');
    await machine.port(8445).present({ ...machine.onDisk, group: 'modp2' });
  },
  expects: [{ fault: 'weak-diffie-hellman', on: 'UCCX_SUBSCRIBER', ports: [8445] }],
};
