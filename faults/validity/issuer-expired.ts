import { rfc } from '#model/rfc.ts';
import { certificateTitle, isReadable, type Certificate } from '#x509/certificate.ts';
import { namesAsIssuer } from '#x509/path.ts';
import { absent, defineFault, present } from '../define-fault.ts';
import { faultOfPath } from '../paths.ts';
import { days, daysBetween, instant } from '../words.ts';

export const issuerExpired = defineFault({
  id: 'issuer-expired',
  category: 'validity',
  title: 'An issuer certificate has expired',
  titleAbsent: 'No issuer certificate has expired',
  symptom: 'The end entity certificate looks valid, and browsers and Java clients refuse it all the same.',
  cause: 'An intermediate or root certificate passed its notAfter before the certificates it issued.',
  advice:
    'Get the renewed issuer certificate from the authority, upload it to the trust store beside the identity, remove the expired one and restart.',
  severity: 'critical',
  sources: [rfc(5280, '6.1.3')],
  judges: 'presented',
  detect({ presented, clients }, { now }) {
    const readable = presented.list.filter(isReadable);
    const isExpired = ({ notAfter }: Certificate): boolean => now > notAfter;
    // What is sent besides, the end entity certificate again or a stranger's, issued nothing here.
    const sent = readable.find(
      (issuer) =>
        isExpired(issuer) && readable.some((other) => other.sha256 !== issuer.sha256 && namesAsIssuer(other, issuer)),
    );
    const expired = sent ?? faultOfPath(presented, clients, (path) => path.slice(1).find(isExpired) ?? null)?.fault;
    if (expired === undefined) return absent;
    return present(
      'critical',
      `the issuer ${certificateTitle(expired)} expired ${days(daysBetween(expired.notAfter, now))} ago`,
      { issuer: expired.subject, notAfter: instant(expired.notAfter), 'judged at': instant(now) },
      expired.sha256,
    );
  },
});
