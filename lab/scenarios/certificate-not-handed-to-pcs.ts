import type { Scenario } from '../scenario.ts';

export const certificateNotHandedToPcs: Scenario = {
  id: 'certificate-not-handed-to-pcs',
  title: 'Nobody gave the PCs the certificate of the first node',
  story:
    'The first UCCX node keeps its self-signed certificate, as was meant. The list that group policy hands to the PCs was made before the node was, and agents are warned at every page of it.',
  rows: ['U11', 'U14'],
  needs: 'self-signed',
  change: (lab) => {
    for (const client of lab.clients) client.forget(lab.vos('uccx1').identity.certificate);
  },
  expects: [{ fault: 'self-signed-certificate', on: 'UCCX_PUBLISHER', ports: 'people' }],
  refusedAt: [{ on: 'UCCX_PUBLISHER', port: 8445 }],
};
