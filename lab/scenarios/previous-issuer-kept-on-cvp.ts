import { daysFrom, newIntermediate } from '../authority.ts';
import { putBehind } from '../chain-behind.ts';
import type { Scenario } from '../scenario.ts';

export const previousIssuerKeptOnCvp: Scenario = {
  id: 'previous-issuer-kept-on-cvp',
  title: 'Web Services Manager still sends the issuer of its certificate before',
  story:
    'The authority changed its issuing CA. The certificate of the Reporting Server was put into the key store with both of them behind it, and both go out with every handshake.',
  rows: ['C05'],
  needs: 'signed',
  deployment: 'PCCE',
  change: async (lab) => {
    const { root, intermediate } = lab.authority;
    const previous = await newIntermediate(root, {
      commonName: 'Lab Issuing CA G1',
      notBefore: daysFrom(lab.now(), -900),
      notAfter: daysFrom(lab.now(), 900),
    });
    await putBehind(lab.windows('cvprep1'), 'wsm_certificate', [intermediate.certificate, previous.certificate]);
  },
  expects: [{ fault: 'certificate-list-superfluous', on: 'CVP_REPORTING', ports: [8111] }],
};
