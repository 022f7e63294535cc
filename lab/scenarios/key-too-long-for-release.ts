import { newKey } from '../authority.ts';
import type { Scenario } from '../scenario.ts';

export const keyTooLongForRelease: Scenario = {
  id: 'key-too-long-for-release',
  title: 'A key of 4096 bits on a release that takes 2048',
  story: 'The security team asked for 4096 bits everywhere, also on the UCCX 12.0(1) that knows 1024 and 2048.',
  rows: ['U07'],
  needs: 'any',
  change: async (lab) => {
    await lab.setRelease('12.0(1)');
    await lab.install('uccx1', { key: await newKey({ rsa: 4096 }) });
  },
  expects: [{ fault: 'key-length-unsupported', on: 'UCCX_PUBLISHER', ports: 'tomcat' }],
};
