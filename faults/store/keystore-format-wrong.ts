import { cvpKeystoreSources, fileRulesOf } from '#products/certificate-files.ts';
import { keytoolTried } from '#products/sources.ts';
import { absent, defineFault, notApplicable, present } from '../define-fault.ts';

const keystores = ['JKS', 'JCEKS', 'PKCS #12'] as const;

export const keystoreFormatWrong = defineFault({
  id: 'keystore-format-wrong',
  category: 'store',
  title: 'The key store has another format than its service opens',
  titleAbsent: 'The key store has the format that its service opens',
  symptom: 'The service does not come up again after the next restart; keytool says Invalid keystore format.',
  cause: 'keytool was called without -storetype, or in another folder, and made a new key store in its own format.',
  advice:
    'Put the backup copy back and repeat the commands with -storetype JCEKS and the full path; never convert over the original.',
  severity: 'critical',
  sources: [...cvpKeystoreSources, keytoolTried('A key store that is not there is made as PKCS #12')],
  judges: 'key-store',
  detect({ machine, contents }) {
    const format = keystores.find((each) => each === contents.format);
    if (format === undefined) return notApplicable('the file is no key store');
    const rules = fileRulesOf(machine.type);
    if (rules?.by !== 'keytool') return notApplicable('no document says which format its key store has');
    if (format === rules.keystore.format) return absent;
    return present('critical', `the key store is ${format}, ${machine.type} opens ${rules.keystore.format}`, {
      format,
      'format due': rules.keystore.format,
      'key store': rules.keystore.path,
    });
  },
});
