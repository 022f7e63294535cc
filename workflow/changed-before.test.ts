import { expect, test } from 'vitest';
import { sha256 } from '#model/digest.ts';
import { MachineId } from '#model/names.ts';
import type { KeyStorePlace, Step } from '#model/step.ts';
import { isChangedBefore } from './changed-before.ts';

const [uccx1, uccx2, cvp1] = ['uccx1', 'uccx2', 'cvp1'].map((id) => MachineId.parse(id)) as [
  MachineId,
  MachineId,
  MachineId,
];
const digest = sha256('a certificate');
const keyStore: KeyStorePlace = { store: '.keystore', path: 'C:\\k', format: 'JCEKS', keytool: 'keytool' };
const regenerate: Step = { do: 'regenerate-certificate', via: 'vos', on: uccx1, unit: 'tomcat', replaces: digest };
const keyPair: Step = {
  do: 'generate-key-pair',
  via: 'java',
  on: cvp1,
  keyStore,
  alias: 'vxml_certificate',
  name: 'cvp1.example.com',
  days: 1,
  replaces: null,
};
const apart: Step = { ...keyPair, keyStore: { ...keyStore, apart: true } };
const takenOver: Step = {
  do: 'import-key-pair',
  via: 'java',
  on: cvp1,
  keyStore,
  alias: 'vxml_certificate',
  certificate: { from: 'plan', sha256: digest },
  replaces: null,
};
const importOf = (machine: MachineId, unit = 'tomcat'): Step => ({
  do: 'import-certificate',
  via: 'vos',
  on: uccx2,
  store: 'tomcat-trust',
  certificate: { from: 'identity-store', machine, unit },
  of: machine,
});
const known: Step = {
  do: 'import-certificate',
  via: 'vos',
  on: uccx2,
  store: 'tomcat-trust',
  certificate: { from: 'plan', sha256: digest },
  of: 'uccx1',
};
const wait: Step = { do: 'wait-for', via: 'vos', on: uccx1, ports: [8443], unit: 'tomcat', atMost: 600 };

test.each<readonly [string, Step, readonly Step[], boolean]>([
  ['the certificate that is regenerated before', importOf(uccx1), [regenerate], true],
  ['the certificate of a key that is made before', importOf(cvp1, 'vxml_certificate'), [keyPair], true],
  ['nothing that services read, where the key is made apart', importOf(cvp1, 'vxml_certificate'), [apart], false],
  [
    'the certificate of a key made apart, once it is taken over',
    importOf(cvp1, 'vxml_certificate'),
    [apart, takenOver],
    true,
  ],
  ['a wait for the certificate that is regenerated before', wait, [regenerate], true],
  ['the certificate of another machine', importOf(uccx2), [regenerate], false],
  ['the certificate of another unit', importOf(uccx1, 'ipsec'), [regenerate], false],
  ['a certificate that the plan holds', known, [regenerate], false],
  ['the certificate with nothing before it', importOf(uccx1), [], false],
])('%s', (_what, step, earlier, is) => {
  expect(isChangedBefore(step, earlier)).toBe(is);
});
