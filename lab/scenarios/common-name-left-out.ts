import type { Scenario } from '../scenario.ts';

export const commonNameLeftOut: Scenario = {
  id: 'common-name-left-out',
  title: 'The common name is not among the alternative names',
  story:
    'The CA wrote uccx.lab.example, the name agents know the pair by, into the common name of the second UCCX node, and only the node’s own name into subjectAltName. Under the name they know, browsers refuse it.',
  rows: ['U22'],
  needs: 'signed',
  change: (lab) => lab.install('uccx2', { commonName: 'uccx.lab.example' }),
  expects: [{ fault: 'common-name-not-in-subject-alternative-name', on: 'UCCX_SUBSCRIBER', ports: 'tomcat' }],
};
