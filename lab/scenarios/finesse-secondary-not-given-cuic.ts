import type { Scenario } from '../scenario.ts';

export const finesseSecondaryNotGivenCuic: Scenario = {
  id: 'finesse-secondary-not-given-cuic',
  title: 'The second Finesse node was not given the certificate of the second CUIC server',
  story:
    'Each Finesse node was given the certificate of one CUIC server, as the introduction of a guide reads. Live Data works until the first CUIC server fails.',
  rows: ['L04', 'P01'],
  needs: 'self-signed',
  deployment: 'PCCE',
  change: (lab) => {
    lab.vos('finesse2').drop('tomcat-trust', lab.vos('cuic2').identity.certificate);
  },
  expects: [{ fault: 'peer-not-trusted', on: 'finesse2', presenter: 'cuic2' }],
};
