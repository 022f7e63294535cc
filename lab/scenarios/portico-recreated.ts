import { daysFrom } from '../authority.ts';
import type { Scenario } from '../scenario.ts';

export const porticoRecreated: Scenario = {
  id: 'portico-recreated',
  title: 'Portico got a new certificate that nobody was told of',
  story:
    'DiagFwCertMgr made and bound a new certificate on the first Rogger. The AW still holds the previous one: System CLI and the tile of the machine fail.',
  rows: ['C03'],
  needs: 'self-signed',
  deployment: 'PCCE',
  change: (lab) =>
    lab.installOnWindows('rogger1a', 'Diagnostic Framework', { notBefore: daysFrom(lab.now(), 0) }, 'clients'),
  expects: [{ fault: 'peer-certificate-outdated-in-store', on: 'CCE_AW', store: 'cacerts', presenter: 'rogger1a' }],
};
