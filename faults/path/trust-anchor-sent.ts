import { rfc } from '#model/rfc.ts';
import { certificateTitle, isReadable, isSelfSigned } from '#x509/certificate.ts';
import { wayThrough } from '#x509/path.ts';
import { absent, defineFault, notApplicable, present } from '../define-fault.ts';

export const trustAnchorSent = defineFault({
  id: 'trust-anchor-sent',
  category: 'path',
  title: 'The certificate_list holds the self-signed root',
  titleAbsent: 'The certificate_list ends below the self-signed root',
  symptom: 'Nothing stops. Every handshake carries a certificate that no client needs.',
  cause:
    'The file or the keystore from which the service presents holds the whole path up to the root, as a Java keystore does after the reply of an authority was imported.',
  advice:
    'Nothing has to be done: a client trusts the root that it has, not the one that it is sent. Where the list is written by hand, leave the root out.',
  severity: 'notice',
  sources: [rfc(5246, '7.4.2'), rfc(8446, '4.4.2')],
  judges: 'presented',
  detect({ presented: { endEntity, list } }) {
    if (isSelfSigned(endEntity)) return notApplicable('a self-signed certificate has no root above it');
    const sent = list.filter(isReadable);
    const way = wayThrough(endEntity, sent);
    if (way === null) return notApplicable('the list holds too many certificates of one name to find the root');
    const root = sent.find((certificate) => way.members.has(certificate.sha256) && isSelfSigned(certificate));
    if (root === undefined) return absent;
    return present(
      'notice',
      `the root ${certificateTitle(root)} was sent`,
      { root: root.subject, 'place in the list': `${String(list.indexOf(root) + 1)} of ${String(list.length)}` },
      root.sha256,
    );
  },
});
