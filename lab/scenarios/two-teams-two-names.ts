import type { Scenario } from '../scenario.ts';

export const twoTeamsTwoNames: Scenario = {
  id: 'two-teams-two-names',
  title: 'Each team names CCP in its own way',
  story:
    'The team of the web site asked for a certificate of chat.lab.example, the team of the contact centre opens CCP by its own name. Whoever renews last breaks the other.',
  needs: 'signed',
  change: (lab) => lab.install('ccp1', { commonName: 'chat.lab.example', names: ['chat.lab.example'] }),
  expects: [{ fault: 'name-mismatch', on: 'CCP', ports: 'tomcat' }],
  refusedAt: [
    { on: 'CCP', port: 443 },
    { on: 'CCP', port: 7443 },
  ],
};
