import { cisco } from '#products/sources.ts';
import { certificateTitle } from '#x509/certificate.ts';
import { absent, advised, defineFault, present } from '../define-fault.ts';
import { earlierInStore, importOf, linkPath, schannelErrors, wordsOfWindows } from '../link-trust.ts';
import { entriesTitle, instant } from '../words.ts';

const dead = 'A function between two machines is dead since the peer got a new certificate';

export const peerCertificateOutdatedInStore = defineFault({
  id: 'peer-certificate-outdated-in-store',
  category: 'trust',
  title: 'A trust store holds an earlier certificate of the peer, not the one that it presents',
  titleAbsent: 'No trust store holds an earlier certificate in place of the one that the peer presents',
  symptom: `${dead}; logs say "PKIX path building failed" or "SSLHandshakeException".`,
  cause: "The peer's certificate was renewed or regenerated, and this machine was not given the new one.",
  advice:
    "Import the peer's new certificate (self-signed) or the root and intermediates (signed) into the trust store named, delete the earlier one, then restart the services that read it.",
  severity: 'critical',
  sources: [
    cisco.uccxCertificates('Self-signed certificates'),
    cisco.uccxSubsystems('CCP Configuration'),
    cisco.pcceCertificates('Certificates that the AW imports'),
    schannelErrors,
  ],
  judges: 'trust-relation',
  detect({ relation, relyingParty, presenter, presented, entries }) {
    if (linkPath(presented, entries).status === 'anchored') return absent;
    const earlier = earlierInStore(presented, entries);
    // Without an earlier one it never held any: peer-not-trusted says so.
    if (earlier === null) return absent;
    const { endEntity } = presented;
    const inWindows = wordsOfWindows(relation);
    const verdict = advised(
      `${importOf(presenter.machine.id, endEntity)}, delete the earlier one, then restart the services that read it.`,
      present(
        relation.severity,
        `${relyingParty.id} holds a certificate of ${presenter.machine.id} from before the one that it presents: ${relation.breaks}`,
        {
          presented: `${certificateTitle(endEntity)}, SHA-256 ${endEntity.sha256.slice(0, 16)}, notBefore ${instant(endEntity.notBefore)}`,
          'issued by': endEntity.issuer,
          held: `SHA-256 ${earlier.sha256.slice(0, 16)}, notBefore ${instant(earlier.notBefore)}, notAfter ${instant(earlier.notAfter)}`,
          store: `${relation.store} of ${relyingParty.id} with ${entriesTitle(entries.length)}`,
        },
        endEntity.sha256,
      ),
    );
    return inWindows === null ? verdict : { ...verdict, symptom: `${dead}; ${inWindows}.` };
  },
});
