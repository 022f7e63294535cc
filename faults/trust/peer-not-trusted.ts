import { rfc } from '#model/rfc.ts';
import { cisco } from '#products/sources.ts';
import { certificateTitle, isReadable } from '#x509/certificate.ts';
import { absent, advised, defineFault, notApplicable, present } from '../define-fault.ts';
import { authorityLacking, earlierInStore, importOf, linkPath, schannelErrors, wordsOfWindows } from '../link-trust.ts';
import { entriesTitle, instant } from '../words.ts';

const dead = 'A function between two machines is dead while each looks well by itself';

export const peerNotTrusted = defineFault({
  id: 'peer-not-trusted',
  category: 'trust',
  title: 'A machine does not trust the certificate that its peer presents',
  titleAbsent: 'The machine trusts the certificate that its peer presents',
  symptom: `${dead}; logs say "PKIX path building failed" or "SSLHandshakeException".`,
  cause: "The peer's certificate, or its root, was never put into this machine's trust store, or was taken out of it.",
  advice:
    "Import the peer's certificate (self-signed) or the root and intermediates (signed) into the trust store named, then restart the services that read it.",
  severity: 'critical',
  sources: [
    rfc(5280, '6.1'),
    cisco.uccxCertificates('Self-signed certificates'),
    cisco.uccxSubsystems('CCP Configuration'),
    schannelErrors,
  ],
  judges: 'trust-relation',
  detect({ relation, relyingParty, presenter, presented, entries }, { now }) {
    if (linkPath(presented, entries).status === 'anchored') {
      const { notAfter, sha256 } = presented.endEntity;
      // Of a port certificate-expired says it; this one is on none.
      if (relation.presents === undefined || now <= notAfter) return absent;
      const because = `what ${presenter.machine.id} shows to ${relyingParty.id} expired at ${instant(notAfter)}: ${relation.breaks}`;
      return present(relation.severity, because, { shown: certificateTitle(presented.endEntity) }, sha256);
    }
    if (earlierInStore(presented, entries) !== null)
      return notApplicable('the store holds an earlier certificate of the peer: peer-certificate-outdated-in-store');
    const { endEntity } = presented;
    const held = entries.map(({ certificate }) => certificate).filter(isReadable);
    const namesake = held.find((certificate) => certificate.subjectName === endEntity.subjectName);
    const authority = authorityLacking(presented, entries);
    const inWindows = wordsOfWindows(relation);
    const verdict = advised(
      `${importOf(presenter.machine.id, endEntity)}, then restart the services that read it.`,
      present(
        relation.severity,
        `${relyingParty.id} does not hold what it needs to trust ${presenter.machine.id}: ${relation.breaks}`,
        {
          presented: `${certificateTitle(endEntity)}, SHA-256 ${endEntity.sha256.slice(0, 16)}`,
          'issued by': endEntity.issuer,
          ...(authority === null ? {} : { 'authority that the store lacks': authority }),
          store: `${relation.store} of ${relyingParty.id} with ${entriesTitle(entries.length)}`,
          ...(namesake === undefined
            ? {}
            : {
                'held of the same name': `SHA-256 ${namesake.sha256.slice(0, 16)}, notAfter ${instant(namesake.notAfter)}`,
              }),
        },
        endEntity.sha256,
      ),
    );
    return {
      ...verdict,
      ...(inWindows === null ? {} : { symptom: `${dead}; ${inWindows}.` }),
      // Peers of one authority are not trusted for one reason.
      ...(authority === null ? {} : { cause: authority }),
    };
  },
});
