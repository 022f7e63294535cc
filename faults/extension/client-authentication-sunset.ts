import { clientAuthenticationScope, clientAuthenticationSunset as sunset } from '#products/public-authorities.ts';
import { keyPurpose } from '#x509/oids.ts';
import { certificateTitle } from '#x509/certificate.ts';
import { absent, defineFault, notApplicable, present } from '../define-fault.ts';
import { mutualTlsOf } from '../mutual-tls.ts';
import { publicIssue, publicIssueTitle } from '../public-issue.ts';
import { instant } from '../words.ts';

export const clientAuthenticationSunset = defineFault({
  id: 'client-authentication-sunset',
  category: 'extension',
  title: 'The next certificate of the public authority will not be meant for clients',
  titleAbsent: 'The certificate is not from a public authority that stops issuing for clients',
  symptom: 'Nothing yet. After the renewal, links with mutual TLS end their handshake.',
  cause:
    'Public authorities stop putting id-kp-clientAuth into certificates for servers; the certificate presented still has it.',
  advice:
    'Before the renewal, find out where this machine is the client of a mutual TLS link, and move those to a private authority or to a separate client certificate where the release has one.',
  severity: 'notice',
  appliesTo: clientAuthenticationScope,
  sources: [...sunset.sources],
  judges: 'presented',
  detect({ endpoint, presented, clients }) {
    const { endEntity } = presented;
    if (endEntity.extKeyUsage?.includes(keyPurpose.clientAuth) !== true)
      return notApplicable('the certificate does not say that it is meant for clients');
    const issue = publicIssue(presented, clients);
    if (issue === null) return absent;
    const link = mutualTlsOf(endpoint);
    return present(
      // It still works: a function stops with the renewal, not now.
      link === null ? 'notice' : 'minor',
      `${certificateTitle(endEntity)} is meant for clients too; public authorities issue none such from ${sunset.from} on`,
      {
        notAfter: instant(endEntity.notAfter),
        issuer: endEntity.issuer,
        'public because': publicIssueTitle(issue),
        ...(link === null ? {} : { 'client of': link.to, 'secured by mutual TLS': link.isSecured }),
        'date read': sunset.sources[0].read,
      },
      endEntity.sha256,
    );
  },
});
