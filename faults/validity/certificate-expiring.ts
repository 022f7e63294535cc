import { expiringFrom } from '#model/expiring.ts';
import { rfc } from '#model/rfc.ts';
import { cisco } from '#products/sources.ts';
import { certificateTitle } from '#x509/certificate.ts';
import { absent, defineFault, notApplicable, present } from '../define-fault.ts';
import { days, daysBetween, instant } from '../words.ts';

/** A function stops within this many days: major. Further off it is minor. */
const soon = 30;

export const certificateExpiring = defineFault({
  id: 'certificate-expiring',
  category: 'validity',
  title: 'The end entity certificate expires soon',
  titleAbsent: 'The end entity certificate stays valid beyond the limit set',
  symptom: 'Nothing yet. On the day of notAfter agents cannot sign in any more.',
  cause: 'The validity period nears its end.',
  advice:
    'Plan the renewal now: a change window, the signature of the authority, and the hand-out to every machine and PC that relies on it.',
  severity: 'major',
  sources: [rfc(5280, '4.1.2.5'), cisco.uccxOperatingSystem('Certificate monitor')],
  judges: 'presented',
  detect({ presented: { endEntity } }, { now, thresholds }) {
    if (now > endEntity.notAfter) return notApplicable('the certificate has expired already');
    const left = daysBetween(now, endEntity.notAfter);
    const limit = expiringFrom(endEntity, thresholds);
    if (left >= limit) return absent;
    return present(
      left < soon ? 'major' : 'minor',
      `${certificateTitle(endEntity)} expires in ${days(left)}`,
      { notAfter: instant(endEntity.notAfter), limit: `${days(limit)} before notAfter` },
      endEntity.sha256,
    );
  },
});
