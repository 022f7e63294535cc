import type { Scenario } from '../scenario.ts';

export const certificateWithoutAlternativeName: Scenario = {
  id: 'certificate-without-alternative-name',
  title: 'A certificate names its machine only in the common name',
  story:
    'The certificate of CCP was made from a template of ten years ago, without subjectAltName. Old clients still take it; no current browser does.',
  rows: ['U22'],
  needs: 'any',
  change: (lab) => lab.install('ccp1', { names: null }),
  expects: [{ fault: 'subject-alternative-name-missing', on: 'CCP', ports: 'tomcat' }],
  refusedAt: [
    { on: 'CCP', port: 443 },
    { on: 'CCP', port: 7443 },
  ],
};
