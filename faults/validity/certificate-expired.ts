import { rfc } from '#model/rfc.ts';
import { cisco } from '#products/sources.ts';
import { certificateTitle } from '#x509/certificate.ts';
import { absent, advised, defineFault, present } from '../define-fault.ts';
import { days, daysBetween, instant } from '../words.ts';

/** By what the inventory means the certificates of the machine to be. */
const renewal = {
  'self-signed':
    'Regenerate the self-signed certificate, restart what presents it, and hand it to every machine and PC that relies on it.',
  'ca-signed':
    'Make a new request, have it signed, put the reply in its place and restart what presents it. Do not regenerate: that puts a self-signed certificate in its place.',
} as const;

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
  detect(seen, { now }) {
    const { endEntity } = seen.presented;
    if (now <= endEntity.notAfter) return absent;
    const expired = present(
      'critical',
      `${certificateTitle(endEntity)} expired ${days(daysBetween(endEntity.notAfter, now))} ago`,
      { notAfter: instant(endEntity.notAfter), 'judged at': instant(now) },
      endEntity.sha256,
    );
    const { certificates } = seen.endpoint.machine;
    return certificates === null ? expired : advised(renewal[certificates], expired);
  },
});
