import { rfc } from '#model/rfc.ts';
import { certificateTitle, isReadable } from '#x509/certificate.ts';
import { extensionTitle } from '#x509/oids.ts';
import { unprocessedExtension } from '#x509/path-validation.ts';
import { absent, defineFault, present } from '../define-fault.ts';

export const unknownCriticalExtension = defineFault({
  id: 'unknown-critical-extension',
  category: 'extension',
  title: 'A certificate has a critical extension that clients do not know',
  titleAbsent: 'Clients know every critical extension',
  symptom:
    'Browsers stop with NET::ERR_CERT_INVALID; Java clients log "Certificate contains unsupported critical extensions".',
  cause: 'The template of the authority marks an extension critical that is private or rare.',
  advice: 'Change the template so that the extension is not critical, and have the certificate issued again.',
  severity: 'critical',
  sources: [rfc(5280, '4.2')],
  judges: 'presented',
  detect({ presented: { list } }) {
    for (const certificate of list.filter(isReadable)) {
      const unknown = unprocessedExtension(certificate);
      if (unknown === null) continue;
      return present(
        'critical',
        `${certificateTitle(certificate)} marks ${extensionTitle(unknown)} critical`,
        { certificate: certificate.subject, extension: extensionTitle(unknown) },
        certificate.sha256,
      );
    }
    return absent;
  },
});
