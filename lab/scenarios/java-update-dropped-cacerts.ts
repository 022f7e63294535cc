import type { Scenario } from '../scenario.ts';

export const javaUpdateDroppedCacerts: Scenario = {
  id: 'java-update-dropped-cacerts',
  title: 'An update of Java took the trust store of the AW with it',
  story:
    'Java was updated on the administration workstation over the weekend, and cacerts is the one that Java ships again: CCE Administration reaches no machine any more.',
  rows: ['C04'],
  needs: 'signed',
  deployment: 'PCCE',
  change: (lab) => {
    const aw = lab.windows('aw1');
    const { root, intermediate } = lab.authority;
    for (const { certificate } of [root, intermediate]) aw.drop('cacerts', certificate);
  },
  expects: [{ fault: 'peer-not-trusted', on: 'CCE_AW', store: 'cacerts', presenter: 'every' }],
};
