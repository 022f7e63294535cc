import { newKey } from '../authority.ts';
import type { Scenario } from '../scenario.ts';

export const ellipticCurveOnOldRelease: Scenario = {
  id: 'elliptic-curve-on-old-release',
  title: 'An ECDSA certificate on a release without ECDSA',
  story:
    'UCCX 12.0(1) took ECDSA out of the solution; the certificate of the first node was carried over from 11.5 with its elliptic-curve key.',
  rows: ['U09'],
  needs: 'self-signed',
  change: async (lab) => {
    await lab.setRelease('12.0(1)');
    await lab.install('uccx1', { key: await newKey({ ec: 'P-256' }) });
  },
  expects: [{ fault: 'ecdsa-unsupported', on: 'UCCX_PUBLISHER', ports: 'tomcat' }],
};
