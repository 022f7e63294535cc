import { rfc } from '#model/source.ts';
import { isSelfIssued } from '#x509/certificate.ts';
import { absent, defineFault, notApplicable, present } from '../define-fault.ts';

export const caCertificateAsEndEntity = defineFault({
  id: 'ca-certificate-as-end-entity',
  category: 'path',
  title: 'The authority made the server a CA',
  titleAbsent: 'The certificate of the server is no CA certificate',
  symptom:
    'Firefox stops with MOZILLA_PKIX_ERROR_CA_CERT_USED_AS_END_ENTITY; whoever holds the key of the server can issue certificates.',
  cause: 'The authority used a template for subordinate authorities, or copied basicConstraints from the request.',
  advice: 'Have the certificate issued from a template for servers, without cA in basicConstraints.',
  severity: 'major',
  sources: [
    rfc(5280, '4.2.1.9'),
    {
      document: 'mozilla::pkix',
      section: 'pkixcheck.cpp, CheckBasicConstraints',
      url: 'https://github.com/mozilla/gecko-dev/blob/master/security/nss/lib/mozpkix/lib/pkixcheck.cpp',
      confidence: 'seen in public code',
      read: '2026-11-22',
    },
  ],
  judges: 'presented',
  detect({ presented: { endEntity } }) {
    // A VOS machine makes its own certificate with CA:TRUE and path length 0: as installed.
    if (isSelfIssued(endEntity)) return notApplicable('a self-signed certificate is its own CA');
    const constraints = endEntity.basicConstraints;
    if (constraints?.ca !== true) return absent;
    return present(
      'major',
      'the certificate of the server says that it is a CA',
      {
        basicConstraints: `cA true, ${constraints.pathLength === null ? 'no path length' : `path length ${String(constraints.pathLength)}`}`,
        issuer: endEntity.issuer,
      },
      endEntity.sha256,
    );
  },
});
