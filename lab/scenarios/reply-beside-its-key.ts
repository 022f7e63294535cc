import { keyStorePath } from '../machines/windows/installation.ts';
import { freshNames } from '../machines/windows/first-identities.ts';
import { asSigned, daysFrom, issueFor } from '../authority.ts';
import { createPublicKey } from 'node:crypto';
import type { Scenario } from '../scenario.ts';

export const replyBesideItsKey: Scenario = {
  id: 'reply-beside-its-key',
  title: 'The signed certificate was imported under an alias of its own',
  story:
    'The reply for the VXML Server of the second CVP machine was imported as vxml, not as vxml_certificate. keytool added it as a trusted certificate and said that it had; the service presents the self-signed one of the installation.',
  rows: ['C05'],
  needs: 'signed',
  deployment: 'PCCE',
  change: async (lab) => {
    await lab.installOnWindows('cvp2', 'vxml_certificate', freshNames({ id: 'cvp2' }));
    const cvp = lab.windows('cvp2');
    const key = cvp.keyStore(keyStorePath)?.identity('vxml_certificate')?.key;
    if (key === undefined) throw new Error('the CVP has no vxml_certificate');
    const reply = await issueFor(createPublicKey(key), {
      ...asSigned,
      commonName: cvp.fqdn,
      names: [cvp.fqdn],
      issuer: lab.authority.intermediate,
      notBefore: daysFrom(lab.now(), 0),
      notAfter: daysFrom(lab.now(), 365),
    });
    cvp.changeKeyStore(keyStorePath, (store) => store.trust('vxml', reply, lab.now()));
  },
  expects: [
    { fault: 'reply-under-wrong-alias', on: 'cvp2', store: '.keystore' },
    { fault: 'subject-alternative-name-missing', on: 'cvp2', ports: [7443] },
    { fault: 'self-signed-certificate', on: 'cvp2', ports: [7443] },
  ],
};
