import { rfc } from '#model/rfc.ts';
import { certificateTitle, isReadable } from '#x509/certificate.ts';
import { lackOfIssuer } from '#x509/path-validation.ts';
import { issued, wayThrough } from '#x509/path.ts';
import { absent, defineFault, notApplicable, present } from '../define-fault.ts';

export const issuerNotACa = defineFault({
  id: 'issuer-not-a-ca',
  category: 'path',
  title: 'An issuing certificate of the list is no CA certificate',
  titleAbsent: 'Every issuing certificate of the list may issue',
  symptom:
    'Browsers and Java clients refuse the certificate although every signature verifies ("invalid CA certificate", "basicConstraints").',
  cause:
    'The certificate was signed with a server certificate, or the certificate of the authority was made without basicConstraints or without keyCertSign.',
  advice:
    'Have the certificate issued by an authority whose own certificate says cA and, where it has keyUsage, keyCertSign.',
  severity: 'critical',
  sources: [rfc(5280, '4.2.1.9'), rfc(5280, '4.2.1.3'), rfc(5280, '6.1.4')],
  judges: 'presented',
  detect({ presented: { endEntity, list } }) {
    const readable = list.filter(isReadable);
    const way = wayThrough(endEntity, readable);
    if (way === null) return notApplicable('the list holds too many certificates of one name to follow');
    const sent = readable.filter(({ sha256 }) => way.members.has(sha256));
    for (const issuer of sent) {
      const lack = lackOfIssuer(issuer);
      if (lack === null) continue;
      // A certificate's signature on itself issues nothing: a self-signed end entity certificate is no fault here.
      const child = sent.find((other) => other.sha256 !== issuer.sha256 && issued(issuer, other));
      if (child === undefined) continue;
      return present(
        'critical',
        `${certificateTitle(issuer)} issued ${certificateTitle(child)} and ${lack}`,
        {
          issuer: issuer.subject,
          version: String(issuer.version),
          basicConstraints: issuer.basicConstraints === null ? 'none' : `cA ${String(issuer.basicConstraints.ca)}`,
          keyUsage: issuer.keyUsage?.join(', ') ?? 'none',
        },
        issuer.sha256,
      );
    }
    return absent;
  },
});
