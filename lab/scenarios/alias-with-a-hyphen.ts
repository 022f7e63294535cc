import { keyStorePath } from '../machines/windows/installation.ts';
import type { Scenario } from '../scenario.ts';

export const aliasWithAHyphen: Scenario = {
  id: 'alias-with-a-hyphen',
  title: 'The key of the VXML Server lies under a mistyped alias',
  story:
    'The key pair of the second CVP machine was renewed as vxml-certificate. The VXML Server looks for vxml_certificate: it goes on with what it loaded, until the next restart.',
  rows: ['C05'],
  needs: 'any',
  deployment: 'PCCE',
  change: (lab) => {
    const cvp = lab.windows('cvp2');
    cvp.changeKeyStore(keyStorePath, (store) => {
      const identity = store.identity('vxml_certificate');
      if (identity === null) throw new Error('the CVP has no vxml_certificate');
      store.keep('vxml-certificate', identity, lab.now());
      store.delete('vxml_certificate');
    });
  },
  expects: [{ fault: 'identity-alias-missing', on: 'cvp2', store: '.keystore' }],
};
