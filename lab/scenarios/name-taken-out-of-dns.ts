import type { Scenario } from '../scenario.ts';

export const nameTakenOutOfDns: Scenario = {
  id: 'name-taken-out-of-dns',
  title: 'DNS does not know the name of CCP any more',
  story:
    'The zone was tidied up, and CCP was taken for a server that had been switched off long ago. It runs and its certificate is good; nobody who goes by its name finds it.',
  rows: ['U01'],
  needs: 'any',
  change: (lab) => {
    const { id, fqdn } = lab.machine('ccp1');
    lab.names.changes = { ...lab.names.changes, byName: [id], takenOut: [fqdn] };
  },
  expects: [{ fault: 'name-not-resolved', on: 'CCP' }],
};
