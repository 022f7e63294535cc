import { rfc } from '#model/rfc.ts';
import type { Present } from '#model/finding.ts';
import { certificateTitle, isSelfIssued, type Certificate } from '#x509/certificate.ts';
import { absent, defineFault, notApplicable, present } from '../define-fault.ts';

export const caCertificateAsEndEntity = defineFault({
  id: 'ca-certificate-as-end-entity',
  category: 'path',
  title: 'The authority made the server a CA',
  titleAbsent: 'The certificate of the server is no CA certificate',
  symptom:
    'Firefox stops with MOZILLA_PKIX_ERROR_CA_CERT_USED_AS_END_ENTITY; whoever holds the key of the server can issue certificates.',
  cause:
    'The authority used a template for subordinate authorities, or copied basicConstraints from the request; or somebody took the certificate of the authority itself for the answer to the request.',
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
    if (isOfAuthority(endEntity)) return inItsPlace(endEntity);
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

/** Whether its key may sign certificates and nothing that a server signs (RFC 5280 section 4.2.1.3): what a machine makes for itself has both. */
function isOfAuthority(certificate: Certificate): boolean {
  const { basicConstraints, keyUsage } = certificate;
  const ofServers = ['digitalSignature', 'keyEncipherment', 'keyAgreement'];
  return (
    isSelfIssued(certificate) &&
    basicConstraints?.ca === true &&
    keyUsage?.includes('keyCertSign') === true &&
    !ofServers.some((usage) => keyUsage.includes(usage))
  );
}

function inItsPlace(certificate: Certificate): Present {
  return {
    ...present(
      'critical',
      `${certificateTitle(certificate)} is the certificate of an authority, not of a server`,
      { basicConstraints: 'cA true', keyUsage: (certificate.keyUsage ?? []).join(', ') },
      certificate.sha256,
    ),
    title: 'The certificate of an authority stands where that of the server belongs',
    symptom:
      'As an identity it is refused: the machine does not have its key. Where a server does have it, whoever gets at the server can issue certificates.',
    advice:
      'Take the certificate that the authority issued for the request. This one goes to the trust stores (tomcat-trust on a VOS machine), before it.',
  };
}
