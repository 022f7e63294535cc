import { rfc } from '#model/rfc.ts';
import { certificateTitle, isReadable, type Certificate } from '#x509/certificate.ts';
import { wayThrough } from '#x509/path.ts';
import { absent, defineFault, notApplicable, present } from '../define-fault.ts';

export const certificateListSuperfluous = defineFault({
  id: 'certificate-list-superfluous',
  category: 'path',
  title: 'The certificate_list holds certificates that lead nowhere',
  titleAbsent: 'No certificate of the list is known to be superfluous',
  symptom: 'Most clients pass over them; strict ones refuse the list, and every handshake grows.',
  cause: 'A previous certificate or intermediate stayed in the file or the store, or the same one was pasted twice.',
  advice:
    'Leave in the list the end entity certificate and the issuers above it, each once; load it again and restart.',
  severity: 'notice',
  sources: [rfc(5246, '7.4.2'), rfc(8446, '4.4.2')],
  judges: 'presented',
  detect({ presented: { endEntity, list } }) {
    const sent = list.filter(isReadable);
    const way = wayThrough(endEntity, sent);
    if (way === null) return notApplicable('the list holds too many certificates of one name to follow');
    // Above a gap in the way stands what only a client that knows the missing issuer can place: that much may belong there.
    const leadsNowhere = (certificate: Certificate): boolean =>
      !way.members.has(certificate.sha256) &&
      (way.isComplete ||
        cannotIssue(certificate) ||
        isBeside(
          certificate,
          sent.filter(({ sha256 }) => way.members.has(sha256)),
        ));
    const place = list.findIndex(
      (certificate, at) =>
        isReadable(certificate) &&
        (leadsNowhere(certificate) || list.findIndex(({ sha256 }) => sha256 === certificate.sha256) < at),
    );
    const superfluous = list[place];
    if (superfluous === undefined || !isReadable(superfluous)) return absent;
    const title = certificateTitle(superfluous);
    return present(
      'notice',
      leadsNowhere(superfluous)
        ? `${title} certifies nothing on the way up from the end entity certificate`
        : `${title} was sent more than once`,
      {
        'place in the list': `${String(place + 1)} of ${String(list.length)}`,
        subject: superfluous.subject,
        issuer: superfluous.issuer,
      },
      superfluous.sha256,
    );
  },
});

/** A certificate of version 3 issues nothing without cA: RFC 5280 section 4.2.1.9. */
function cannotIssue({ version, basicConstraints }: Certificate): boolean {
  return version === 3 && basicConstraints?.ca !== true;
}

/** It has the issuer that a certificate of the way has: it stands beside the way, not above it. */
function isBeside({ subjectName, issuerName }: Certificate, way: readonly Certificate[]): boolean {
  return subjectName !== issuerName && way.some((member) => member.issuerName === issuerName);
}
