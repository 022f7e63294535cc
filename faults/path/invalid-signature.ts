import { rfc } from '#model/rfc.ts';
import { certificateTitle, isReadable, isSignedBy, type Certificate } from '#x509/certificate.ts';
import { identifiesAsIssuer } from '#x509/path.ts';
import { absent, defineFault, present } from '../define-fault.ts';

export const invalidSignature = defineFault({
  id: 'invalid-signature',
  category: 'path',
  title: 'A signature does not verify with the key of the issuer it names',
  titleAbsent: 'Every signature whose issuer was sent verifies',
  symptom: 'Every client refuses the certificate, also those that trust the authority.',
  cause:
    'The certificate was changed after it was signed, by a faulty conversion or on purpose, or two issuer certificates share a name and a key identifier.',
  advice: 'Get the certificate from the authority again, compare its fingerprint, upload it and restart.',
  severity: 'critical',
  sources: [rfc(5280, '6.1.3'), rfc(5280, '4.1.1.3'), rfc(5280, '4.2.1.1')],
  judges: 'presented',
  detect({ presented: { list } }) {
    const sent = list.filter(isReadable);
    for (const certificate of sent) {
      const issuers = sent.filter((issuer) => identifiesAsIssuer(certificate, issuer));
      const [issuer] = issuers;
      if (issuer === undefined || issuers.length > mostNamesakes) continue;
      if (!issuers.every((candidate) => canBeVerified(certificate, candidate))) continue;
      if (issuers.some((candidate) => isSignedBy(certificate, candidate))) continue;
      return present(
        'critical',
        `the signature of ${certificateTitle(certificate)} does not verify with the key of ${certificateTitle(issuer)}`,
        {
          issuer: certificate.issuer,
          'key identifier of the issuer': issuer.subjectKeyIdentifier ?? 'none',
          algorithm: certificate.signatureAlgorithm.name,
        },
        certificate.sha256,
      );
    }
    return absent;
  },
});

/** A list with more certificates of one name and key than this is made to cost time, not to be judged. */
const mostNamesakes = 10;

const keyTypeOf: Readonly<Record<string, string>> = {
  sha1WithRSAEncryption: 'rsa',
  sha224WithRSAEncryption: 'rsa',
  sha256WithRSAEncryption: 'rsa',
  sha384WithRSAEncryption: 'rsa',
  sha512WithRSAEncryption: 'rsa',
  'ecdsa-with-SHA1': 'ec',
  'ecdsa-with-SHA256': 'ec',
  'ecdsa-with-SHA384': 'ec',
  'ecdsa-with-SHA512': 'ec',
};

/** Whether a signature that does not verify is a wrong one, and not one that the platform cannot check. */
function canBeVerified({ signatureAlgorithm }: Certificate, { publicKey }: Certificate): boolean {
  return keyTypeOf[signatureAlgorithm.name] === publicKey.type;
}
