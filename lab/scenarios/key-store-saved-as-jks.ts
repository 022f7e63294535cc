import { keyStorePath } from '../machines/windows/installation.ts';
import type { Scenario } from '../scenario.ts';

export const keyStoreSavedAsJks: Scenario = {
  id: 'key-store-saved-as-jks',
  title: 'The key store of a CVP machine was saved in another format',
  story:
    'Somebody tidied up the key store of the second CVP machine with a program that has windows, and saved it as JKS. The services open JCEKS: they run on until they are restarted.',
  rows: ['C05'],
  needs: 'any',
  deployment: 'PCCE',
  change: (lab) => lab.windows('cvp2').replaceKeyStore(keyStorePath, (store) => store.as('JKS')),
  expects: [{ fault: 'keystore-format-wrong', on: 'cvp2', store: '.keystore' }],
};
