import { rfc } from '#model/source.ts';
import { certificateTitle, isReadable, isSelfIssued, type Certificate } from '#x509/certificate.ts';
import { buildPath } from '#x509/path.ts';
import { absent, defineFault, present } from '../define-fault.ts';

export const pathLengthExceeded = defineFault({
  id: 'path-length-exceeded',
  category: 'path',
  title: 'The certification path is longer than an issuer allows',
  titleAbsent: 'No issuer of the list is followed by more intermediates than it allows',
  symptom:
    'Browsers and Java clients refuse the certificate although every signature verifies ("path length constraint").',
  cause: 'An authority that was set up to issue to servers only was used to set up another authority below it.',
  advice:
    'Have the certificate issued by the authority whose pathLenConstraint it is, or have that authority renewed with room for one more below.',
  severity: 'critical',
  sources: [rfc(5280, '4.2.1.9'), rfc(5280, '6.1.4')],
  judges: 'presented',
  detect({ presented: { endEntity, list } }) {
    const sent = list.filter(isReadable);
    const whole = buildPath(endEntity, sent, []);
    const exceeded = whole.path.find((_, place) => isExceeded(whole.path, place));
    if (exceeded === undefined) return absent;
    // Cross-signed: a client may take another way that is as good.
    const others = sent.filter(({ sha256 }) => sha256 !== exceeded.sha256);
    const other = buildPath(endEntity, others, []);
    if (other.status === 'unknown-anchor' || other.path.length >= whole.path.length) return absent;
    const place = whole.path.indexOf(exceeded);
    return present(
      'critical',
      `${certificateTitle(exceeded)} allows ${String(exceeded.basicConstraints?.pathLength)} intermediate certificates below it, ${String(followers(whole.path, place))} were sent`,
      { path: whole.path.map(certificateTitle).join(' < '), issuer: exceeded.subject },
      exceeded.sha256,
    );
  },
});

/** The non-self-issued intermediate certificates between the end entity certificate and the one at this place. */
function followers(path: readonly Certificate[], place: number): number {
  return path.slice(1, place).filter((certificate) => !isSelfIssued(certificate)).length;
}

function isExceeded(path: readonly Certificate[], place: number): boolean {
  const constraints = path[place]?.basicConstraints;
  // The field has a meaning only together with cA: RFC 5280 section 4.2.1.9.
  if (place === 0 || constraints?.ca !== true || constraints.pathLength === null) return false;
  return followers(path, place) > constraints.pathLength;
}
