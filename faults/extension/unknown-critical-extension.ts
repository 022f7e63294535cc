import { rfc } from '#model/source.ts';
import { certificateTitle, isReadable } from '#x509/certificate.ts';
import { extensionTitle } from '#x509/oids.ts';
import { absent, defineFault, present } from '../define-fault.ts';

/** What a client that follows RFC 5280 section 4.2 must process; any other critical extension makes it refuse. */
const processed = new Set([
  '2.5.29.15',
  '2.5.29.17',
  '2.5.29.19',
  '2.5.29.30',
  '2.5.29.32',
  '2.5.29.33',
  '2.5.29.36',
  '2.5.29.37',
  '2.5.29.54',
]);

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
      const unknown = certificate.extensions.find(({ oid, critical }) => critical && !processed.has(oid));
      if (unknown === undefined) continue;
      return present(
        'critical',
        `${certificateTitle(certificate)} marks ${extensionTitle(unknown.oid)} critical`,
        { certificate: certificate.subject, extension: extensionTitle(unknown.oid) },
        certificate.sha256,
      );
    }
    return absent;
  },
});
