import type { Verdict } from '#model/finding.ts';
import { rfc } from '#model/rfc.ts';
import { cisco } from '#products/sources.ts';
import { certificateTitle, isReadable, isSelfSigned, type Certificate } from '#x509/certificate.ts';
import { buildPath, type PathResult } from '#x509/path.ts';
import { absent, defineFault, inconclusive, notApplicable, present } from '../define-fault.ts';

export const untrustedIssuer = defineFault({
  id: 'untrusted-issuer',
  category: 'path',
  title: 'The client does not trust the issuer of the certificate',
  titleAbsent: 'The client trusts the certificate',
  symptom: 'Browsers stop with NET::ERR_CERT_AUTHORITY_INVALID.',
  cause:
    'The root certificate of the authority is not on the PC, the certificate was issued by another authority than was meant, or the PC was not handed what is self-signed.',
  advice:
    'Hand the root certificate to the PCs (group policy, Firefox policy), or have the certificate issued by an authority they know.',
  severity: 'critical',
  sources: [rfc(5280, '6.1'), cisco.uccxCertificates('Client applications and certificates')],
  judges: 'client',
  detect(seen) {
    const { client, otherClients, known } = seen;
    const { endEntity, list } = seen.presented;
    if (client.accepted.has(endEntity.sha256)) return absent;
    const sent = list.filter(isReadable);
    const result = buildPath(endEntity, sent, client.anchors);
    if (result.status === 'anchored') return absent;

    if (isSelfSigned(endEntity)) {
      const isAcceptedElsewhere = otherClients.some(
        ({ accepted, anchors }) =>
          accepted.has(endEntity.sha256) || anchors.some(({ sha256 }) => sha256 === endEntity.sha256),
      );
      if (!isAcceptedElsewhere)
        return notApplicable('a self-signed certificate has no issuer to trust: see self-signed-certificate');
      return {
        ...present(
          'critical',
          `${client.id} does not accept the self-signed certificate, other clients do`,
          { subject: endEntity.subject },
          endEntity.sha256,
        ),
        title: 'The client does not accept the self-signed certificate',
        advice:
          'Hand the certificate itself to the PCs as others have it (uccert bundle writes the files), or have the machine present one that an authority they know has issued.',
        // A PC that was forgotten lacks the certificates of all machines for one reason.
        cause: `${client.id} was not handed what is self-signed`,
      };
    }

    const untrusted = (because: string, { path }: PathResult, notSent: readonly Certificate[] = []): Verdict => {
      const { issuer } = path.at(-1) ?? endEntity;
      const evidence = {
        path: path.map(certificateTitle).join(' < '),
        issuer,
        ...(notSent.length === 0 ? {} : { 'not sent either': notSent.map(certificateTitle).join(', ') }),
        client: client.id,
      };
      // Whatever an authority that is not trusted has issued is not trusted for one reason.
      return { ...present('critical', because, evidence, endEntity.sha256), cause: issuer };
    };
    const last = result.path.at(-1) ?? endEntity;
    if (result.status === 'unknown-anchor')
      return untrusted(`the path ends in ${certificateTitle(last)}, which ${client.id} does not trust`, result);

    const whole = buildPath(endEntity, [...sent, ...known], client.anchors);
    if (whole.status === 'anchored') return absent;
    if (whole.path.length > result.path.length) {
      const notSent = whole.path.filter((issuer) => !sent.includes(issuer) && !isSelfSigned(issuer));
      return untrusted(
        `${client.id} does not trust ${certificateTitle(whole.path.at(-1) ?? endEntity)}`,
        whole,
        notSent,
      );
    }
    // A list with intermediates lacks at most the root; a bare end entity certificate says nothing about who stands above its issuer.
    if (last !== endEntity) return untrusted(`${client.id} does not know the authority ${last.issuer}`, result);
    return inconclusive({
      kind: 'certificate-list',
      of: seen.endpoint.title,
      failure: { reason: 'issuer-not-seen', issuer: last.issuer },
    });
  },
});
