import { thumbprintOf } from '../machines/windows/certificate-store.ts';
import type { Scenario } from '../scenario.ts';

export const rootMissingOnPg: Scenario = {
  id: 'root-missing-on-pg',
  title: 'A PG was not given the root that signs Finesse',
  story:
    'The link between Finesse and CTI Server was secured. The root was put into the Windows store of one PG only: no agent of the other side signs in.',
  needs: 'signed',
  deployment: 'PCCE',
  change: (lab) => {
    lab.secure('pg-relies-on-finesse');
    lab.windows('pg1a').certificateStore.delete('Root', thumbprintOf(lab.authority.root.certificate));
  },
  expects: [
    { fault: 'peer-not-trusted', on: 'pg1a', store: 'LocalMachine\\My, Root and CA', presenter: 'finesse1' },
    { fault: 'peer-not-trusted', on: 'pg1a', store: 'LocalMachine\\My, Root and CA', presenter: 'finesse2' },
  ],
};
