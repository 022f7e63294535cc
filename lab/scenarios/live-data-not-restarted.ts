import { daysFrom } from '../authority.ts';
import type { Scenario } from '../scenario.ts';

const liveData = 'Cisco Unified CCX Socket.IO Service';

export const liveDataNotRestarted: Scenario = {
  id: 'live-data-not-restarted',
  title: 'Live Data still presents last year’s certificate',
  story:
    'The certificate of the first UCCX node was renewed two days ago, and every service was restarted but Socket.IO: 12015 goes on with the previous one, which is still valid.',
  rows: ['L03', 'U02', 'U18'],
  needs: 'self-signed',
  change: async (lab) => {
    const machine = lab.vos('uccx1');
    await lab.install('uccx1', { notBefore: daysFrom(lab.now(), -400) });
    machine.identity = await lab.issueFor(machine, { notBefore: daysFrom(lab.now(), -2) });
    // The previous one stays accepted on the PCs; peers hold one for each name, the newer.
    lab.makeKnown(machine, machine.identity.certificate);
    await machine.load(machine.services.map(({ name }) => name).filter((name) => name !== liveData));
  },
  expects: [{ fault: 'ports-present-different-certificates', on: 'UCCX_PUBLISHER' }],
};
