import { rfc } from '#model/rfc.ts';
import { cisco } from '#products/sources.ts';
import { certificateTitle, isReadable } from '#x509/certificate.ts';
import { absent, defineFault, notApplicable, present } from '../define-fault.ts';
import { days, daysBetween, instant } from '../words.ts';

export const trustCertificateExpired = defineFault({
  id: 'trust-certificate-expired',
  category: 'trust',
  title: 'A trust store holds an expired certificate',
  titleAbsent: 'No certificate in the trust store has expired',
  symptom: 'The link that rests on it fails; at the next upgrade the entry vanishes or blocks.',
  cause:
    'The peer or authority renewed its certificate and the old entry was never replaced, or the peer itself has expired.',
  advice: 'Import the renewed certificate; delete the expired entry on every node when nothing presents it any more.',
  severity: 'minor',
  sources: [rfc(5280, '6.1.3'), cisco.cceSecurity('Delete an expired trust certificate')],
  judges: 'store',
  detect({ store, entries }, { now }) {
    // Microsoft lists expired roots that must stay: programs signed while they were valid are checked by them.
    if (store.startsWith('LocalMachine\\')) return notApplicable('Windows itself needs roots that have expired');
    const expired = entries.flatMap(({ name, certificate }) =>
      isReadable(certificate) && now > certificate.notAfter ? [{ name, certificate }] : [],
    );
    const [first] = expired;
    if (first === undefined) return absent;
    return present(
      'minor',
      `${store} holds ${String(expired.length)} expired ${expired.length === 1 ? 'certificate' : 'certificates'}`,
      Object.fromEntries(
        [...Map.groupBy(expired, ({ name }) => name)].map(([name, ofName]) => [
          name,
          ofName
            .map(
              ({ certificate }) =>
                `${certificateTitle(certificate)}, notAfter ${instant(certificate.notAfter)}, ${days(daysBetween(certificate.notAfter, now))} ago`,
            )
            .join('; '),
        ]),
      ),
      first.certificate.sha256,
    );
  },
});
