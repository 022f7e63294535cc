import type { Scenario } from '../scenario.ts';

export const oldVersionsLeftOn: Scenario = {
  id: 'old-versions-left-on',
  title: 'Finesse still takes TLS 1.0 and 1.1',
  story:
    'For one wallboard of long ago the least version of the first UCCX node was lowered to TLS 1.0. The wallboard is gone; every port of the node goes on taking TLS 1.0 and 1.1 beside the newer ones.',
  needs: 'any',
  change: async (lab) => {
    const machine = lab.vos('uccx1');
    machine.settings = { ...machine.settings, tlsFloor: { ...machine.settings.tlsFloor, server: '1.0' } };
    await machine.startAll();
  },
  expects: [{ fault: 'legacy-protocol-accepted', on: 'UCCX_PUBLISHER', ports: 'tomcat' }],
};
