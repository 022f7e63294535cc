import { certificateTitle, isReadable } from '#x509/certificate.ts';
import { keytoolTried } from '#products/sources.ts';
import { absent, defineFault, notApplicable, present } from '../define-fault.ts';

export const replyUnderWrongAlias = defineFault({
  id: 'reply-under-wrong-alias',
  category: 'store',
  title: 'A signed certificate lies beside its key instead of with it',
  titleAbsent: 'No signed certificate lies apart from its key',
  symptom: 'The import was said to have succeeded, and the service still presents its old or self-signed certificate.',
  cause:
    'The reply was imported under another alias than that of the key: keytool then adds it as a trusted certificate, with exit code 0.',
  advice:
    'Delete the entry with the wrong alias and import the reply under the alias of the key; keytool must say "Certificate reply was installed in keystore".',
  severity: 'major',
  sources: [keytoolTried('Import of a reply under an alias that has no key')],
  judges: 'key-store',
  detect({ contents, certificate }) {
    const keys = contents.parts.filter((part) => part.holds === 'key-entry');
    if (keys.length === 0) return notApplicable('the file holds no key with its certificate');
    for (const part of contents.parts) {
      if (part.holds !== 'trusted-entry') continue;
      const trusted = certificate(part.certificate);
      if (!isReadable(trusted)) continue;
      const key = keys.find(({ chain: [first] }) => {
        if (first === undefined || first === part.certificate) return false;
        const own = certificate(first);
        return isReadable(own) && own.subjectPublicKeyInfo === trusted.subjectPublicKeyInfo;
      });
      if (key === undefined) continue;
      return present(
        'major',
        `${part.alias} holds the certificate of the key ${key.alias}, as a trusted certificate`,
        {
          'alias of the key': key.alias,
          'alias of the certificate': part.alias,
          certificate: certificateTitle(trusted),
        },
        trusted.sha256,
      );
    }
    return absent;
  },
});
