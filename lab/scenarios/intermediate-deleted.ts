import { fileNameOf } from '../machines/vos/trust-store.ts';
import type { Scenario } from '../scenario.ts';

export const intermediateDeleted: Scenario = {
  id: 'intermediate-deleted',
  title: 'The intermediate is not sent',
  story:
    'In a clean-up of tomcat-trust the issuing CA was deleted on the first UCCX node, which was restarted since. It sends its own certificate alone; PCs that have only the root cannot build the path.',
  rows: ['L02', 'U05', 'U08'],
  needs: 'signed',
  change: async (lab) => {
    const machine = lab.vos('uccx1');
    machine.trust.delete(fileNameOf(lab.authority.intermediate.certificate));
    await machine.startAll();
  },
  expects: [{ fault: 'intermediate-missing', on: 'UCCX_PUBLISHER', ports: 'people' }],
  refusedAt: [{ on: 'UCCX_PUBLISHER', port: 8445 }],
};
