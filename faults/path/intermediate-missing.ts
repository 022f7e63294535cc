import type { Present } from '#model/finding.ts';
import { rfc } from '#model/source.ts';
import { productOf } from '#products/index.ts';
import { cisco } from '#products/sources.ts';
import { certificateTitle, isReadable, isSelfSigned } from '#x509/certificate.ts';
import { buildPath, identifiesAsIssuer } from '#x509/path.ts';
import { absent, advised, defineFault, notApplicable, present, type Presenter } from '../define-fault.ts';

/** What to do where the identity is kept in no store of Unified OS Administration; null where it is, or that is not known. */
function adviceFor({ machine, listener }: Presenter): string | null {
  const { keptIn } = productOf(machine.type).stores.find(({ identity }) => identity === listener?.presents) ?? {};
  switch (keptIn?.by) {
    case 'java-key-store':
      return 'Import the root and the intermediate into the key store, then the reply once more under the alias of its key (keytool); restart what presents it.';
    case 'windows-store':
      return 'Import the intermediate into LocalMachine\\CA of the machine, then restart what presents it.';
    default:
      return null;
  }
}

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
  detect({ endpoint, presented: { endEntity, list }, client, known }) {
    const advice = adviceFor(endpoint);
    const found = (verdict: Present): Present => (advice === null ? verdict : advised(advice, verdict));
    if (client.accepted.has(endEntity.sha256)) return absent;
    if (isSelfSigned(endEntity)) return notApplicable('a self-signed certificate has no issuer');
    const sent = list.filter(isReadable);
    if (buildPath(endEntity, sent, client.anchors).status !== 'issuer-missing') return absent;

    const whole = buildPath(endEntity, [...sent, ...known], client.anchors);
    const place = whole.path.findIndex((certificate) => !sent.includes(certificate));
    const missing = whole.path[place];
    if (whole.status === 'anchored' && missing !== undefined) {
      const last = whole.path[place - 1] ?? endEntity;
      return found(
        present(
          'critical',
          `${certificateTitle(missing)} was not sent`,
          {
            'sent, up to': certificateTitle(last),
            'issuer not sent': last.issuer,
            client: client.id,
            'known from': 'another machine of this run',
          },
          endEntity.sha256,
        ),
      );
    }
    // With its issuer sent or known, what lacks is the root, which need not be sent: whether it is trusted is another fault.
    if (whole.path.length > 1) return absent;
    if (sent.some((issuer) => identifiesAsIssuer(endEntity, issuer)))
      return notApplicable('the issuer was sent, and the signature does not verify: see invalid-signature');
    return found(
      present(
        'critical',
        `the issuer of the certificate was not sent and is no trust anchor of ${client.id}`,
        { 'sent, up to': certificateTitle(endEntity), 'issuer not sent': endEntity.issuer, client: client.id },
        endEntity.sha256,
      ),
    );
  },
});
