import type { Scenario } from '../scenario.ts';

export const finesseSecondaryNotInAw: Scenario = {
  id: 'finesse-secondary-not-in-aw',
  title: 'The AW holds the certificate of the primary Finesse node only',
  story:
    'The guide of an older release names the primary. Since the last failover the tile of Finesse in CCE Administration stays empty.',
  rows: ['P07'],
  needs: 'self-signed',
  deployment: 'PCCE',
  change: (lab) => {
    lab.windows('aw1').drop('cacerts', lab.vos('finesse2').identity.certificate);
  },
  expects: [{ fault: 'peer-not-trusted', on: 'CCE_AW', store: 'cacerts', presenter: 'finesse2' }],
};
