import type { Scenario } from '../scenario.ts';

export const criticalExtensionNobodyKnows: Scenario = {
  id: 'critical-extension-nobody-knows',
  title: 'A critical extension that no client knows',
  story:
    'The CA adds an extension of its own and marks it critical. RFC 5280 makes every client that does not know it refuse.',
  needs: 'any',
  change: (lab) =>
    lab.install('ccp1', {
      // An arc for examples, and a NULL as its value.
      extra: [{ oid: '2.999.1', critical: true, value: Buffer.from([0x05, 0x00]) }],
    }),
  expects: [{ fault: 'unknown-critical-extension', on: 'CCP', ports: 'tomcat' }],
  refusedAt: [
    { on: 'CCP', port: 443 },
    { on: 'CCP', port: 7443 },
  ],
};
