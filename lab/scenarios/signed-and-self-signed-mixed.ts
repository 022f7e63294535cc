import type { Scenario } from '../scenario.ts';

export const signedAndSelfSignedMixed: Scenario = {
  id: 'signed-and-self-signed-mixed',
  title: 'One machine was left self-signed when the others were signed',
  story:
    'The whole deployment moved to the company’s CA, all but CCP. Nobody imported its certificate anywhere, because "the root is everywhere now".',
  rows: ['U05'],
  needs: 'signed',
  change: (lab) => lab.install('ccp1', { issuer: 'self' }, 'nobody'),
  expects: [
    { fault: 'self-signed-certificate', on: 'CCP', ports: 'tomcat' },
    { fault: 'peer-not-trusted', on: 'UCCX_PUBLISHER', presenter: 'ccp1' },
    { fault: 'peer-not-trusted', on: 'UCCX_SUBSCRIBER', presenter: 'ccp1' },
  ],
};
