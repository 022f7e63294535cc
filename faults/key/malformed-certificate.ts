import { rfc } from '#model/source.ts';
import { isReadable } from '#x509/certificate.ts';
import { absent, defineFault, present } from '../define-fault.ts';

export const malformedCertificate = defineFault({
  id: 'malformed-certificate',
  category: 'key',
  title: 'What was sent as a certificate cannot be read as one',
  titleAbsent: 'Every certificate sent can be read',
  symptom: 'The handshake breaks off with no message that helps.',
  cause: 'A file was damaged or in the wrong format when it was installed, or the server is not what it claims to be.',
  advice:
    "Export the certificate from the machine's own store, read it with openssl x509, and install it again as PEM or DER.",
  severity: 'critical',
  sources: [rfc(5280, '4.1'), rfc(8446, '4.4.2')],
  judges: 'certificate-list',
  detect({ list }) {
    if (list.length === 0) return present('critical', 'the certificate_list is empty', { 'certificates sent': '0' });
    const place = list.findIndex((certificate) => !isReadable(certificate));
    const malformed = list[place];
    if (malformed === undefined || isReadable(malformed)) return absent;
    return present(
      'critical',
      `certificate ${String(place + 1)} of ${String(list.length)} cannot be read`,
      { 'what stopped the reader': malformed.malformed },
      malformed.sha256,
    );
  },
});
