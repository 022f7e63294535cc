import { rfc } from '#model/rfc.ts';
import { cisco } from '#products/sources.ts';
import { certificateTitle, isReadable, isSelfSigned, type Certificate } from '#x509/certificate.ts';
import { absent, defineFault, present } from '../define-fault.ts';

const broken = new Set(['MD2', 'MD5', 'SHA-1']);

/** Whether the signature on the certificate is worth nothing. */
export function isSignedWithBrokenHash({ signatureAlgorithm: { hash } }: Certificate): boolean {
  return hash !== null && broken.has(hash);
}

export const weakSignatureAlgorithm = defineFault({
  id: 'weak-signature-algorithm',
  category: 'key',
  title: 'A certificate is signed with a broken hash',
  titleAbsent: 'No certificate is signed with a broken hash',
  symptom: 'Browsers stop with NET::ERR_CERT_INVALID, Java clients with "Algorithm constraints check failed".',
  cause: 'The authority or the machine that issued the certificate still signs with SHA-1 or MD5.',
  advice:
    'Set the authority to SHA-256 and have the certificate issued again; regenerate a self-signed one on a release that signs with SHA-256.',
  severity: 'critical',
  sources: [
    rfc(9155, '2'),
    cisco.uccxOperatingSystem('Hash algorithm'),
    cisco.cvpSecurity('SHA-1 is refused from Java 8u275 on'),
  ],
  judges: 'presented',
  detect({ presented: { endEntity, list } }) {
    // The signature on a root is checked by nobody: a root is trusted as it is. An end entity certificate signs for itself.
    const signed = list
      .filter(isReadable)
      .filter((certificate) => certificate === endEntity || !isSelfSigned(certificate));
    const weak = signed.find(isSignedWithBrokenHash);
    if (weak === undefined) return absent;
    return present(
      'critical',
      `${certificateTitle(weak)} is signed with ${weak.signatureAlgorithm.name}`,
      { certificate: weak.subject, 'signature algorithm': weak.signatureAlgorithm.name },
      weak.sha256,
    );
  },
});
