import { certificate } from '#tests/support/certificates.ts';
import { javaKeystore, type Entry } from '#tests/support/java-keystore.ts';
import { testFault } from '#tests/support/test-fault.ts';
import { keyPasswordDiffers } from './key-password-differs.ts';

const own = certificate();
const store = (format: 'JKS' | 'JCEKS', ...entries: readonly Entry[]): { content: Buffer }[] => [
  { content: javaKeystore(format, 'secret', entries) },
];
const same = { alias: 'wsm_certificate', chain: [own] };
const other = { alias: 'vxml_certificate', chain: [own], keyPassword: 'of the PFX' };

testFault(keyPasswordDiffers, {
  present: [
    {
      name: 'one of two',
      files: store('JKS', same, other),
      password: 'secret',
      because: 'vxml_certificate does not open with the password of the key store',
    },
    {
      name: 'in the key store of the machine',
      machine: { type: 'CVP' },
      keyStore: javaKeystore('JCEKS', 'secret', [same, other]),
      password: 'secret',
      because: /^vxml_certificate/,
    },
    { name: 'in JCEKS', files: store('JCEKS', other), password: 'secret', severity: 'critical' },
  ],
  absent: [{ name: 'all the same', files: store('JKS', same), password: 'secret' }],
  notApplicable: [
    {
      name: 'a trust store',
      files: store('JKS', { alias: 'root', trusted: own }),
      password: 'secret',
      because: /no private key/,
    },
  ],
  inconclusive: [
    { name: 'no password', files: store('JKS', same, other), reason: 'file-unreadable' },
    {
      name: 'the machine was not signed in to',
      machine: { type: 'CVP' },
      keyStore: { reason: 'not-authorised', as: 'administrator' },
      reason: 'not-authorised',
    },
    {
      name: 'a wrong password of the key store of the machine',
      machine: { type: 'CVP' },
      keyStore: javaKeystore('JCEKS', 'secret', [same, other]),
      password: 'wrong',
      reason: 'file-unreadable',
      words:
        /^\.keystore of uccx1: the password given is not its own, .*vxml_certificate.* Correct keyStorePassword of uccx1/,
    },
    { name: 'a wrong password', files: store('JKS', same), password: 'wrong', reason: 'file-unreadable' },
  ],
});
