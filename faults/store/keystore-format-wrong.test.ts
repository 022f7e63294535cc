import { certificate } from '#tests/support/certificates.ts';
import { javaKeystore } from '#tests/support/java-keystore.ts';
import { testFault } from '#tests/support/test-fault.ts';
import { keystoreFormatWrong } from './keystore-format-wrong.ts';

const entries = [{ alias: 'wsm_certificate', chain: [certificate()] }];
const jks = javaKeystore('JKS', 'secret', entries);
const jceks = javaKeystore('JCEKS', 'secret', entries);
/** The beginning of a PKCS #12 file: version 3, then a ContentInfo. */
const pkcs12 = Buffer.from('3010020103300b06092a864886f70d010701', 'hex');
const cvp = { type: 'CVP' } as const;

testFault(keystoreFormatWrong, {
  present: [
    { name: 'JKS for CVP', machine: cvp, files: [{ content: jks }], because: 'the key store is JKS, CVP opens JCEKS' },
    { name: 'PKCS #12 for CVP', machine: cvp, files: [{ content: pkcs12 }], severity: 'critical' },
    { name: 'JKS for the Operations Console', machine: { type: 'CVP_OPS' }, files: [{ content: jks }] },
  ],
  absent: [{ name: 'JCEKS for CVP', machine: cvp, files: [{ content: jceks }] }],
  notApplicable: [
    { name: 'no key store', machine: cvp, files: [{ content: certificate().der }], because: /no key store/ },
    { name: 'a machine of which no document speaks', files: [{ content: jks }], because: /no document/ },
  ],
});
