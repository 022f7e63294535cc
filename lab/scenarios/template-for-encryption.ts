import 'reflect-metadata';
import { KeyUsageFlags } from '@peculiar/x509';
import type { Scenario } from '../scenario.ts';

export const templateForEncryption: Scenario = {
  id: 'template-for-encryption',
  title: 'The key may encrypt, not sign',
  story:
    'The request of CCP was signed with a template for encryption: keyUsage has keyEncipherment and no digitalSignature. Clients that check keyUsage refuse it.',
  needs: 'signed',
  change: (lab) => lab.install('ccp1', { keyUsage: { usages: KeyUsageFlags.keyEncipherment, critical: true } }),
  expects: [{ fault: 'key-usage-insufficient', on: 'CCP', ports: 'tomcat' }],
};
