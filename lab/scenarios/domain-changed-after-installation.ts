import type { Scenario } from '../scenario.ts';

export const domainChangedAfterInstallation: Scenario = {
  id: 'domain-changed-after-installation',
  title: 'The domain changed, the certificate did not',
  story:
    'The company was renamed and CCP moved to the domain chat.lab.example. Agents open it by the new name; its certificate still has the old one.',
  rows: ['U01'],
  needs: 'any',
  change: (lab) => {
    lab.machine('ccp1').fqdn = 'ccp1.chat.lab.example';
  },
  expects: [
    { fault: 'name-mismatch', on: 'CCP', ports: 'tomcat' },
    { fault: 'stale-domain', on: 'CCP', ports: 'tomcat' },
  ],
  refusedAt: [
    { on: 'CCP', port: 443 },
    { on: 'CCP', port: 7443 },
  ],
};
