import type { Scenario } from '../scenario.ts';

export const signedWithSha1: Scenario = {
  id: 'signed-with-sha-1',
  title: 'A certificate signed with SHA-1',
  story: 'The issuing CA still signs with SHA-1 for the template that CCP’s request was given to. Browsers refuse it.',
  needs: 'signed',
  change: (lab) => lab.install('ccp1', { hash: 'SHA-1' }),
  expects: [{ fault: 'weak-signature-algorithm', on: 'CCP', ports: 'tomcat' }],
  refusedAt: [
    { on: 'CCP', port: 443 },
    { on: 'CCP', port: 7443 },
  ],
};
