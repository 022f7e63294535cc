import { expiringFrom } from '#model/expiring.ts';
import { rfc } from '#model/rfc.ts';
import { certificateTitle, isReadable, isSelfSigned, type Certificate } from '#x509/certificate.ts';
import { wayThrough } from '#x509/path.ts';
import { absent, defineFault, notApplicable, present } from '../define-fault.ts';
import { days, daysBetween, instant } from '../words.ts';

/** A function stops within this many days: major. Further off it is minor. */
const soon = 30;

export const issuerExpiring = defineFault({
  id: 'issuer-expiring',
  category: 'validity',
  title: 'An issuer certificate in the certificate_list expires soon, before the certificate below it',
  titleAbsent: 'No issuer certificate in the certificate_list expires soon and before the certificate below it',
  symptom:
    'Nothing yet. On the day of its notAfter clients refuse every certificate below it, whatever their own dates.',
  cause:
    'The authority issued beyond its own end, or its certificate was renewed and the machine still sends the old one.',
  advice:
    'Get the renewed issuer certificate from the authority, upload it to the trust store beside the identity and restart; where there is none yet, ask when it comes.',
  severity: 'major',
  sources: [rfc(5280, '6.1.3'), rfc(5280, '4.1.2.5')],
  judges: 'presented',
  detect({ presented: { endEntity, list } }, { now, thresholds }) {
    const readable = list.filter(isReadable);
    const way = wayThrough(endEntity, readable);
    if (way === null) return notApplicable('the list holds too many certificates of one name to follow');
    // A root sent along counts for nothing: clients go by the root that they have.
    const issuers = readable.filter(
      (issuer) => way.members.has(issuer.sha256) && issuer.sha256 !== endEntity.sha256 && !isSelfSigned(issuer),
    );
    const isNear = (issuer: Certificate): boolean =>
      daysBetween(now, issuer.notAfter) < expiringFrom(issuer, thresholds);
    const expiring = issuers
      .filter(({ notAfter }) => now <= notAfter && notAfter < endEntity.notAfter)
      .filter(isNear)
      // Cross-signed or renewed: with another of the same name that stays valid nothing stops.
      .find((issuer) => !issuers.some((other) => other.subjectName === issuer.subjectName && !isNear(other)));
    if (expiring === undefined) return absent;
    const left = daysBetween(now, expiring.notAfter);
    return present(
      left < soon ? 'major' : 'minor',
      `the issuer ${certificateTitle(expiring)} expires in ${days(left)}`,
      {
        issuer: expiring.subject,
        notAfter: instant(expiring.notAfter),
        'notAfter of the end entity certificate': instant(endEntity.notAfter),
        limit: `${days(expiringFrom(expiring, thresholds))} before notAfter`,
      },
      expiring.sha256,
    );
  },
});
