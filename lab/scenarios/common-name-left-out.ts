import type { Scenario } from '../scenario.ts';

export const commonNameLeftOut: Scenario = {
  id: 'common-name-left-out',
  title: 'The common name is not among the alternative names',
  story:
    'The CA wrote the short host name into the common name of the second UCCX node, and only the full name into subjectAltName.',
  needs: 'signed',
  change: (lab) => lab.install('uccx2', { commonName: 'uccx2' }),
  expects: [
    { fault: 'common-name-not-in-subject-alternative-name', on: 'UCCX_SUBSCRIBER', ports: 'tomcat' },
    { fault: 'common-name-differs-from-inventory', on: 'UCCX_SUBSCRIBER', ports: 'tomcat' },
  ],
};
