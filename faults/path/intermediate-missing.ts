import { rfc } from '#model/rfc.ts';
import { productOf } from '#products/index.ts';
import { cisco } from '#products/sources.ts';
import { certificateTitle, isReadable, isSelfSigned, type Certificate } from '#x509/certificate.ts';
import { buildPath, identifiesAsIssuer } from '#x509/path.ts';
import { absent, advised, defineFault, notApplicable, present, type Presenter } from '../define-fault.ts';

const uploadToTrust =
  'Upload the intermediate to the trust store that goes with the identity (tomcat-trust on a VOS machine) and restart what presents it.';

/** What to do where an intermediate is known to lack, by where the identity is kept. */
function adviceFor({ machine, listener }: Presenter): string {
  const { keptIn } = productOf(machine.type).stores.find(({ identity }) => identity === listener?.presents) ?? {};
  switch (keptIn?.by) {
    case 'java-key-store':
      return 'Import the root and the intermediate into the key store, then the reply once more under the alias of its key (keytool); restart what presents it.';
    case 'windows-store':
      return 'Import the intermediate into LocalMachine\\CA of the machine, then restart what presents it.';
    default:
      return uploadToTrust;
  }
}

export const intermediateMissing = defineFault({
  id: 'intermediate-missing',
  category: 'path',
  title: 'An issuer of the certificate was not sent, and the client does not know it',
  titleAbsent: 'The certificate_list leads up to a trust anchor',
  symptom:
    'Some browsers open the page because they know the intermediate from elsewhere; others, Java clients and phones refuse it ("PKIX path building failed").',
  cause:
    'The signed certificate was installed and the intermediate of the authority was not. Where nothing shows what the issuer is, it may as well be a root that issues directly and that the client lacks: on the wire both look the same.',
  advice: uploadToTrust,
  severity: 'critical',
  sources: [
    rfc(8446, '4.4.2'),
    rfc(5246, '7.4.2'),
    rfc(5280, '4.2.2.1'),
    cisco.uccxCertificates('Signed certificates'),
  ],
  judges: 'client',
  detect(seen) {
    const { client, known, knownFrom } = seen;
    const { endEntity, list } = seen.presented;
    if (client.accepted.has(endEntity.sha256)) return absent;
    if (isSelfSigned(endEntity)) return notApplicable('a self-signed certificate has no issuer');
    const sent = list.filter(isReadable);
    if (buildPath(endEntity, sent, client.anchors).status !== 'issuer-missing') return absent;

    const lacks = (last: Certificate): Readonly<Record<string, string>> => ({
      'sent, up to': certificateTitle(last),
      'issuer not sent': last.issuer,
      ...publishedAt(last),
      client: client.id,
    });
    const whole = buildPath(endEntity, [...sent, ...known], client.anchors);
    const place = whole.path.findIndex((certificate) => !sent.includes(certificate));
    const missing = whole.path[place];
    if (whole.status === 'anchored' && missing !== undefined) {
      const verdict = present(
        'critical',
        `${certificateTitle(missing)} was not sent`,
        { ...lacks(whole.path[place - 1] ?? endEntity), 'known from': knownFrom(missing.sha256) },
        endEntity.sha256,
      );
      const advice = adviceFor(seen.endpoint);
      return advice === uploadToTrust ? verdict : advised(advice, verdict);
    }
    // With its issuer sent or known, what lacks is the root, which need not be sent: whether it is trusted is another fault.
    if (whole.path.length > 1) return absent;
    if (sent.some((issuer) => identifiesAsIssuer(endEntity, issuer)))
      return notApplicable('the issuer was sent, and the signature does not verify: see invalid-signature');
    return advised(
      `Get the certificate of the issuer ${endEntity.caIssuersUrls.length === 0 ? 'from the authority' : 'from where the evidence says that it is published, or from the authority'}, and look who issued it. If another did, it is an intermediate. ${adviceFor(seen.endpoint)} If it did itself, it is the root. Hand it to the clients; the machine need not send it.`,
      present(
        'critical',
        `its issuer was not sent, and ${client.id} does not know it: either an intermediate was left out, or a root issued it that ${client.id} lacks`,
        {
          ...lacks(endEntity),
          'what would decide it':
            "the issuer's certificate: a root names itself as its issuer, an intermediate another",
        },
        endEntity.sha256,
      ),
    );
  },
});

/** Where a certificate says that its issuer's is published: id-ad-caIssuers, RFC 5280 section 4.2.2.1. Nothing is fetched. */
function publishedAt({ caIssuersUrls }: Certificate): Readonly<Record<string, string>> {
  return caIssuersUrls.length === 0 ? {} : { 'issuer published at': `${caIssuersUrls.join(', ')} (not fetched)` };
}
