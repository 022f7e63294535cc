import type { Scenario } from '../scenario.ts';

export const onlyOldVersions: Scenario = {
  id: 'only-old-versions',
  title: 'CUCM speaks nothing newer than TLS 1.1',
  story:
    'The call manager was restored from an image of long ago. Its port 443 speaks TLS 1.0 and 1.1: no browser of today opens its administration, and no Java of today connects.',
  needs: 'any',
  change: async (lab) => {
    const machine = lab.vos('cucm1');
    await machine.port(443).present({ ...machine.onDisk, versions: ['TLSv1', 'TLSv1.1'] });
  },
  expects: [
    { fault: 'legacy-protocol-accepted', on: 'CM_PUBLISHER', ports: [443] },
    { fault: 'modern-protocol-refused', on: 'CM_PUBLISHER', ports: [443] },
  ],
};
