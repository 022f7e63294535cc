import { rfc } from '#model/rfc.ts';
import { certificateTitle } from '#x509/certificate.ts';
import { absent, defineFault, present } from '../define-fault.ts';
import { instant } from '../words.ts';

export const certificateNotYetValid = defineFault({
  id: 'certificate-not-yet-valid',
  category: 'validity',
  title: 'The end entity certificate is not valid yet',
  titleAbsent: 'The validity period of the end entity certificate has begun',
  symptom: 'Browsers stop with NET::ERR_CERT_DATE_INVALID although the certificate is new.',
  cause:
    'The clock of the machine or of the authority that issued it runs ahead, or the certificate was made for later.',
  advice:
    'Compare the clocks (NTP) of the machine, the authority and this one; issue the certificate again once they agree.',
  severity: 'critical',
  sources: [rfc(5280, '4.1.2.5')],
  judges: 'presented',
  detect({ presented: { endEntity } }, { now }) {
    if (now >= endEntity.notBefore) return absent;
    return present(
      'critical',
      `${certificateTitle(endEntity)} is valid only from ${instant(endEntity.notBefore)}`,
      { notBefore: instant(endEntity.notBefore), 'judged at': instant(now) },
      endEntity.sha256,
    );
  },
});
