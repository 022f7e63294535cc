import { newKey } from '../authority.ts';
import type { Scenario } from '../scenario.ts';

export const ellipticCurveFromRsaAuthority: Scenario = {
  id: 'elliptic-curve-from-rsa-authority',
  title: 'SocialMiner 11.5 with an ECDSA certificate from an RSA authority',
  story:
    'On release 11.5 the tomcat-ECDSA request of SocialMiner was signed by the RSA authority of the organisation. Finesse works; the chat gadget stays empty (CSCvb58580).',
  rows: ['U23'],
  needs: 'signed',
  change: async (lab) => {
    await lab.setRelease('11.5(1)');
    await lab.install('ccp1', { key: await newKey({ ec: 'P-256' }) });
  },
  expects: [{ fault: 'ecdsa-certificate-from-rsa-authority', on: 'CCP', ports: 'tomcat' }],
};
