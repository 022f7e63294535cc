import type { Scenario } from '../scenario.ts';

export const signedWithoutExtensions: Scenario = {
  id: 'signed-without-extensions',
  title: 'A request was signed by hand, and its extensions were left out',
  story:
    'The request of CCP was signed with "openssl x509 -req" and no file of extensions: the certificate is of version 1, and nothing that the request asked for is in it.',
  needs: 'signed',
  change: (lab) => lab.install('ccp1', { version: 1 }),
  expects: [
    { fault: 'certificate-version-obsolete', on: 'CCP', ports: 'tomcat' },
    { fault: 'subject-alternative-name-missing', on: 'CCP', ports: 'tomcat' },
  ],
};
