import { newRoot } from '../authority.ts';
import type { Scenario } from '../scenario.ts';

export const authorityReplacedHalfway: Scenario = {
  id: 'authority-replaced-halfway',
  title: 'The change of the CA stopped halfway',
  story:
    'The company replaced its CA. The second UCCX node and CCP were signed by the new one, whose root the PCs and CCP hold; the first UCCX node was never given it.',
  rows: ['U08'],
  needs: 'signed',
  change: async (lab) => {
    const issuer = await newRoot(lab.now(), 'Lab Root CA 2');
    for (const id of ['uccx2', 'ccp1']) lab.vos(id).hold('tomcat-trust', issuer.certificate);
    for (const client of lab.clients) client.anchors = [...client.anchors, issuer.certificate];
    for (const id of ['uccx2', 'ccp1']) await lab.install(id, { issuer });
  },
  expects: [
    { fault: 'peer-not-trusted', on: 'UCCX_PUBLISHER', presenter: 'ccp1' },
    { fault: 'peer-not-trusted', on: 'UCCX_PUBLISHER', presenter: 'uccx2' },
  ],
};
