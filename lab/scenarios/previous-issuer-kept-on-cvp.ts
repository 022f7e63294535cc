import { daysFrom, newIntermediate } from '../authority.ts';
import { keyStorePath } from '../machines/windows/installation.ts';
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
    const machine = lab.windows('cvprep1');
    const before = machine.identities.find(({ name }) => name === 'wsm_certificate');
    const kept = machine.keyStore(keyStorePath)?.identity('wsm_certificate');
    if (before === undefined || kept == null) return;
    const { root, intermediate } = lab.authority;
    const previous = await newIntermediate(root, {
      commonName: 'Lab Issuing CA G1',
      notBefore: daysFrom(lab.now(), -900),
      notAfter: daysFrom(lab.now(), 900),
    });
    const key = { privateKey: kept.key, publicKey: before.certificate.publicKey };
    machine.keep('wsm_certificate', {
      chain: [before.certificate, intermediate.certificate, previous.certificate],
      key,
    });
    await machine.startAll();
  },
  expects: [{ fault: 'certificate-list-superfluous', on: 'CVP_REPORTING', ports: [8111] }],
};
