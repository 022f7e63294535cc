import type { Scenario } from '../scenario.ts';

export const reverseNameOfOldMachine: Scenario = {
  id: 'reverse-name-of-old-machine',
  title: 'The address of CCP leads back to the machine that had it before',
  story:
    'CCP was given the address of the SocialMiner that it replaced. Its name was entered, the entry of the reverse zone was forgotten.',
  rows: ['U01'],
  needs: 'any',
  change: (lab) => {
    const { id, address } = lab.machine('ccp1');
    lab.names.changes = { ...lab.names.changes, byName: [id], pointers: { [address]: 'socialminer1.lab.example' } };
  },
  expects: [{ fault: 'reverse-name-differs', on: 'CCP' }],
};
