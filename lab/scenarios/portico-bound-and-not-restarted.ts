import { portico } from '../machines/windows/machine.ts';
import type { Scenario } from '../scenario.ts';

export const porticoBoundAndNotRestarted: Scenario = {
  id: 'portico-bound-and-not-restarted',
  title: 'Portico was given another certificate by netsh',
  story:
    'Somebody bound the certificate of IIS to 7890 by netsh in place of DiagFwCertMgr and did not restart DiagFwSvc: the port presents the old one, and the registry still names it.',
  rows: ['C03'],
  needs: 'any',
  deployment: 'PCCE',
  change: async (lab) => {
    const aw = lab.windows('aw1');
    const ofIis = aw.bindings.at(443);
    const ofPortico = aw.bindings.at(portico.port);
    if (ofIis === undefined || ofPortico === undefined) throw new Error('the AW has no bindings');
    await aw.bind({ ...ofPortico, hash: ofIis.hash });
  },
  expects: [{ fault: 'bound-certificate-differs', on: 'CCE_AW', ports: [7890] }],
};
