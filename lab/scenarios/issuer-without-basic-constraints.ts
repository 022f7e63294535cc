import { daysFrom, issue, newKey } from '../authority.ts';
import type { Scenario } from '../scenario.ts';

export const issuerWithoutBasicConstraints: Scenario = {
  id: 'issuer-without-basic-constraints',
  title: 'The issuing certificate does not say that it is a CA',
  story:
    'Somebody set up an issuing authority by hand and left basicConstraints out. CCP has a certificate from it: every signature is right, and no client accepts it.',
  needs: 'signed',
  change: async (lab) => {
    const { root } = lab.authority;
    const issuer = await issue({
      commonName: 'Lab Handmade CA',
      notBefore: daysFrom(lab.now(), -100),
      notAfter: daysFrom(lab.now(), 900),
      names: null,
      key: await newKey(),
      issuer: root,
    });
    await lab.install('ccp1', { issuer, sentWith: [issuer.certificate] });
  },
  expects: [{ fault: 'issuer-not-a-ca', on: 'CCP', ports: 'tomcat' }],
  refusedAt: [
    { on: 'CCP', port: 443 },
    { on: 'CCP', port: 7443 },
  ],
};
