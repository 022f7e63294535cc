import type { Scenario } from '../scenario.ts';

export const callManagerUpgradedWithOldVersions: Scenario = {
  id: 'call-manager-upgraded-with-old-versions',
  title: 'CUCM kept TLS 1.0 through its upgrades',
  story:
    'The call manager began its life with a release whose least version was TLS 1.0, and every upgrade since has kept that. It speaks TLS 1.2 and 1.3 as well, so nobody notices.',
  needs: 'any',
  change: async (lab) => {
    const machine = lab.vos('cucm1');
    machine.settings = { ...machine.settings, tlsFloor: { server: '1.0', client: '1.0' } };
    await machine.startAll();
  },
  expects: [{ fault: 'legacy-protocol-accepted', on: 'CM_PUBLISHER', ports: 'tomcat' }],
};
