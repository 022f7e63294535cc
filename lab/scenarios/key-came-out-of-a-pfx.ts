import { keyStorePath } from '../machines/windows/installation.ts';
import type { Scenario } from '../scenario.ts';

export const keyCameOutOfAPfx: Scenario = {
  id: 'key-came-out-of-a-pfx',
  title: 'A key has the password of the PFX file that it came from',
  story:
    'The key of the VXML Server was brought to the second CVP machine in a PFX file. The import kept the password of that file on the key; the service knows only that of the key store.',
  rows: ['C05'],
  needs: 'any',
  deployment: 'PCCE',
  change: (lab) =>
    lab.windows('cvp2').changeKeyStore(keyStorePath, (store) => {
      const identity = store.identity('vxml_certificate');
      if (identity === null) throw new Error('the CVP has no vxml_certificate');
      store.keep('vxml_certificate', identity, lab.now(), 'that-of-the-pfx');
    }),
  expects: [{ fault: 'key-password-differs', on: 'cvp2', store: '.keystore' }],
};
