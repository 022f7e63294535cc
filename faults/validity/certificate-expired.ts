import { rfc } from '#model/source.ts';
import { cisco } from '#products/sources.ts';
import { certificateTitle } from '#x509/certificate.ts';
import { absent, defineFault, present } from '../define-fault.ts';
import { days, daysBetween, instant } from '../words.ts';

export const certificateExpired = defineFault({
  id: 'certificate-expired',
  category: 'validity',
  title: 'The end entity certificate has expired',
  titleAbsent: 'The end entity certificate has not expired',
  symptom:
    'Browsers stop with NET::ERR_CERT_DATE_INVALID; agents cannot sign in, gadgets stay empty, other machines break off the handshake.',
  cause: 'notAfter has passed and no new certificate was put in place, or the service still presents the old one.',
  advice:
    'Regenerate the self-signed certificate, or have a new one signed and upload it; restart what presents it and hand it to every machine and PC that relies on it.',
  severity: 'critical',
  sources: [rfc(5280, '4.1.2.5'), cisco.uccxCertificates('Self-signed certificates that have expired')],
  judges: 'presented',
  detect({ presented: { endEntity } }, { now }) {
    if (now <= endEntity.notAfter) return absent;
    return present(
      'critical',
      `${certificateTitle(endEntity)} expired ${days(daysBetween(endEntity.notAfter, now))} ago`,
      { notAfter: instant(endEntity.notAfter), 'judged at': instant(now) },
      endEntity.sha256,
    );
  },
});
