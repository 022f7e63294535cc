import { rfc } from '#model/rfc.ts';
import { certificateTitle } from '#x509/certificate.ts';
import { pathLengthFault } from '#x509/path-validation.ts';
import { faultOfPath } from '../paths.ts';
import { absent, defineFault, present } from '../define-fault.ts';

export const pathLengthExceeded = defineFault({
  id: 'path-length-exceeded',
  category: 'path',
  title: 'The certification path is longer than an issuer allows',
  titleAbsent: 'No issuer of the path is followed by more intermediates than it allows',
  symptom:
    'Browsers and Java clients refuse the certificate although every signature verifies ("path length constraint").',
  cause: 'An authority that was set up to issue to servers only was used to set up another authority below it.',
  advice:
    'Have the certificate issued by the authority whose pathLenConstraint it is, or have that authority renewed with room for one more below.',
  severity: 'critical',
  sources: [rfc(5280, '4.2.1.9'), rfc(5280, '6.1.4')],
  judges: 'presented',
  detect({ presented, clients }) {
    const found = faultOfPath(presented, clients, pathLengthFault);
    if (found === null) return absent;
    const { path, fault } = found;
    const { issuer, allowed, followers } = fault;
    return present(
      'critical',
      `${certificateTitle(issuer)} allows ${String(allowed)} intermediate certificates below it, ${String(followers)} follow`,
      { path: path.map(certificateTitle).join(' < '), issuer: issuer.subject },
      issuer.sha256,
    );
  },
});
