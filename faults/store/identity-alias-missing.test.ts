import { certificate } from '#tests/support/certificates.ts';
import { javaKeystore, type Entry } from '#tests/support/java-keystore.ts';
import { testFault } from '#tests/support/test-fault.ts';
import { identityAliasMissing } from './identity-alias-missing.ts';

const own = certificate();
const key = (alias: string): Entry => ({ alias, chain: [own] });
const store = (...entries: readonly Entry[]): { content: Buffer }[] => [
  { content: javaKeystore('JCEKS', 'secret', entries) },
];
const cvp = { type: 'CVP' } as const;
const [wsm, vxml, callserver] = ['wsm_certificate', 'vxml_certificate', 'callserver_certificate'].map(key);
const all = [wsm, vxml, callserver].filter((entry) => entry !== undefined);

testFault(identityAliasMissing, {
  present: [
    {
      name: 'one of three',
      machine: cvp,
      files: store(...all.slice(0, 2)),
      because: 'there is no key under callserver_certificate',
    },
    {
      name: 'one of three on the machine itself',
      machine: cvp,
      keyStore: javaKeystore('JCEKS', 'secret', all.slice(1)),
      because: 'there is no key under wsm_certificate',
    },
    {
      name: 'a hyphen for an underscore',
      machine: cvp,
      files: store(...all.slice(0, 2), key('callserver-certificate')),
      because: /callserver_certificate/,
    },
    {
      name: 'the alias is a trusted certificate',
      machine: cvp,
      files: store(...all.slice(0, 2), { alias: 'callserver_certificate', trusted: own }),
      because: /without its private key/,
    },
    { name: 'the Operations Console', machine: { type: 'CVP_OPS' }, files: store(...all), because: /oamp_certificate/ },
  ],
  absent: [
    { name: 'all three', machine: cvp, files: store(...all) },
    {
      name: 'in large letters',
      machine: { type: 'CVP_REPORTING' },
      files: store(key('WSM_certificate'), key('callserver_certificate')),
    },
  ],
  notApplicable: [
    { name: 'a VOS machine', files: store(...all), because: /no document/ },
    { name: 'a certificate', machine: cvp, files: [{ content: own.der }], because: /no entries/ },
    {
      name: 'cut off before the end',
      machine: cvp,
      files: [{ content: javaKeystore('JCEKS', 'secret', all).subarray(0, 700) }],
      because: /not all entries/,
    },
  ],
});
