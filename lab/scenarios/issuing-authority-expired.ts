import { daysFrom, newIntermediate } from '../authority.ts';
import type { Scenario } from '../scenario.ts';

export const issuingAuthorityExpired: Scenario = {
  id: 'issuing-authority-expired',
  title: 'The certificate is valid, its issuing CA is not',
  story:
    'The first UCCX node was signed by the previous issuing CA, whose own certificate ran out yesterday. The date on the certificate itself still looks fine.',
  needs: 'signed',
  change: async (lab) => {
    const { root } = lab.authority;
    const previous = await newIntermediate(root, {
      commonName: 'Lab Issuing CA G1',
      notBefore: daysFrom(lab.now(), -900),
      notAfter: daysFrom(lab.now(), -1),
    });
    lab.vos('uccx1').trust.put(previous.certificate);
    await lab.install('uccx1', { issuer: previous });
  },
  expects: [
    { fault: 'issuer-expired', on: 'UCCX_PUBLISHER', ports: 'tomcat' },
    { fault: 'trust-certificate-expired', on: 'UCCX_PUBLISHER', store: 'tomcat-trust' },
  ],
  refusedAt: [{ on: 'UCCX_PUBLISHER', port: 8445 }],
};
