import { rfc } from '#model/source.ts';
import { cisco } from '#products/sources.ts';
import { certificateTitle, isReadable, isSelfSigned } from '#x509/certificate.ts';
import { buildPath, issued } from '#x509/path.ts';
import { absent, defineFault, notApplicable, present } from '../define-fault.ts';

export const intermediateMissing = defineFault({
  id: 'intermediate-missing',
  category: 'path',
  title: 'The certificate_list lacks an intermediate certificate',
  titleAbsent: 'The certificate_list leads up to a trust anchor',
  symptom:
    'Some browsers open the page because they know the intermediate from elsewhere; others, Java clients and phones refuse it ("PKIX path building failed").',
  cause: 'The signed certificate was installed and the intermediate of the authority was not.',
  advice:
    'Upload the intermediate to the trust store that goes with the identity (tomcat-trust on a VOS machine) and restart what presents it.',
  severity: 'critical',
  sources: [rfc(8446, '4.4.2'), rfc(5246, '7.4.2'), cisco.uccxCertificates('Signed certificates')],
  judges: 'client',
  detect({ presented: { endEntity, list }, client, known }) {
    if (client.accepted.has(endEntity.sha256)) return absent;
    if (isSelfSigned(endEntity)) return notApplicable('a self-signed certificate has no issuer');
    const result = buildPath(endEntity, list.filter(isReadable), client.anchors);
    if (result.status !== 'issuer-missing') return absent;

    const last = result.path.at(-1) ?? endEntity;
    const evidence = { 'sent, up to': certificateTitle(last), 'issuer not sent': last.issuer, client: client.id };
    const issuer = known.find((candidate) => issued(candidate, last));
    if (issuer !== undefined) {
      if (isSelfSigned(issuer) || buildPath(issuer, known, client.anchors).status !== 'anchored') return absent;
      return present(
        'critical',
        `${certificateTitle(issuer)} was not sent`,
        { ...evidence, 'known from': 'another machine of this run' },
        endEntity.sha256,
      );
    }
    // With intermediates sent, what lacks is the root, which need not be sent: whether it is trusted is another fault.
    if (last !== endEntity) return absent;
    return present(
      'critical',
      `the issuer of the certificate was not sent and is no trust anchor of ${client.id}`,
      evidence,
      endEntity.sha256,
    );
  },
});
