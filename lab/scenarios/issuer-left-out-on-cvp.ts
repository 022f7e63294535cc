import { keyStorePath } from '../machines/windows/installation.ts';
import type { Scenario } from '../scenario.ts';

export const issuerLeftOutOnCvp: Scenario = {
  id: 'issuer-left-out-on-cvp',
  title: 'Web Services Manager was given its certificate without the issuer',
  story:
    'The reply was imported into the key store of the Reporting Server as a single certificate. Who holds the root only cannot build the path.',
  rows: ['C05'],
  needs: 'signed',
  deployment: 'PCCE',
  change: async (lab) => {
    const machine = lab.windows('cvprep1');
    const before = machine.identities.find(({ name }) => name === 'wsm_certificate');
    const kept = machine.keyStore(keyStorePath)?.identity('wsm_certificate');
    if (before === undefined || kept == null) return;
    const key = { privateKey: kept.key, publicKey: before.certificate.publicKey };
    machine.keep('wsm_certificate', { chain: [before.certificate], key });
    await machine.startAll();
  },
  expects: [{ fault: 'intermediate-missing', on: 'CVP_REPORTING', ports: [8111] }],
};
