import { daysFrom, newIntermediate } from '../authority.ts';
import type { Scenario } from '../scenario.ts';

export const issuingAuthorityRunsOutSoon: Scenario = {
  id: 'issuing-authority-runs-out-soon',
  title: 'The issuing CA runs out before what it issued',
  story:
    'The certificate of the first UCCX node is good for another ten months; the certificate of the issuing CA that signed it ends in ten days.',
  needs: 'signed',
  change: async (lab) => {
    const { root } = lab.authority;
    const previous = await newIntermediate(root, {
      commonName: 'Lab Issuing CA G1',
      notBefore: daysFrom(lab.now(), -900),
      notAfter: daysFrom(lab.now(), 10),
    });
    lab.vos('uccx1').trust.put(previous.certificate);
    await lab.install('uccx1', { issuer: previous });
  },
  expects: [{ fault: 'issuer-expiring', on: 'UCCX_PUBLISHER', ports: 'tomcat' }],
};
