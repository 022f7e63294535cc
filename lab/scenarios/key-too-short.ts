import { newKey } from '../authority.ts';
import type { Scenario } from '../scenario.ts';

export const keyTooShort: Scenario = {
  id: 'key-too-short',
  title: 'A key of 1024 bits',
  story: 'CUCM was upgraded again and again and still has the RSA key of 1024 bits it was first installed with.',
  rows: ['U07'],
  needs: 'any',
  change: async (lab) => lab.install('cucm1', { key: await newKey({ rsa: 1024 }) }),
  expects: [{ fault: 'weak-key', on: 'CM_PUBLISHER', ports: 'tomcat' }],
};
