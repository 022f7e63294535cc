import { rfc } from '#model/rfc.ts';
import { isReadable, type Certificate, type Malformed } from '#x509/certificate.ts';
import { repeatedExtension } from '#x509/extensions.ts';
import { extensionTitle } from '#x509/oids.ts';
import { absent, defineFault, present } from '../define-fault.ts';

export const malformedCertificate = defineFault({
  id: 'malformed-certificate',
  category: 'key',
  title: 'What was sent as a certificate is malformed',
  titleAbsent: 'Every certificate sent is well-formed',
  symptom: 'The handshake breaks off with no message that helps.',
  cause: 'A file was damaged or in the wrong format when it was installed, or the server is not what it claims to be.',
  advice:
    "Export the certificate from the machine's own store, read it with openssl x509, and install it again as PEM or DER.",
  severity: 'critical',
  sources: [rfc(5280, '4.1'), rfc(5280, '4.2'), rfc(8446, '4.4.2')],
  judges: 'certificate-list',
  detect({ list }) {
    if (list.length === 0) return present('critical', 'the certificate_list is empty', { 'certificates sent': '0' });
    for (const [place, certificate] of list.entries()) {
      const reason = damageOf(certificate);
      if (reason === null) continue;
      return present(
        'critical',
        `certificate ${String(place + 1)} of ${String(list.length)} is malformed`,
        { 'what stopped the reader': reason },
        certificate.sha256,
      );
    }
    return absent;
  },
});

function damageOf(certificate: Certificate | Malformed): string | null {
  if (!isReadable(certificate)) return certificate.malformed;
  const repeated = repeatedExtension(certificate.extensions);
  return repeated === null ? null : `${extensionTitle(repeated)} occurs more than once`;
}
