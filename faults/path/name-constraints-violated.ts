import { rfc } from '#model/rfc.ts';
import { certificateTitle } from '#x509/certificate.ts';
import { nameConstraintsFault } from '#x509/path-validation.ts';
import { absent, defineFault, present } from '../define-fault.ts';
import { faultOfPath } from '../paths.ts';

export const nameConstraintsViolated = defineFault({
  id: 'name-constraints-violated',
  category: 'path',
  title: 'An issuer does not allow a name of the certificate',
  titleAbsent: 'Every issuer allows the names of the certificate',
  symptom:
    'Browsers stop with NET::ERR_CERT_INVALID or NET::ERR_CERT_NAME_CONSTRAINT_VIOLATION, Java clients log "name constraints".',
  cause:
    'The authority may only issue for certain domains or networks, and the certificate names a machine outside them.',
  advice:
    'Have the certificate issued by an authority that may issue for the domain, or have the nameConstraints of the authority widened.',
  severity: 'critical',
  sources: [rfc(5280, '4.2.1.10'), rfc(5280, '6.1.3')],
  judges: 'presented',
  detect({ presented, clients }) {
    const found = faultOfPath(presented, clients, nameConstraintsFault);
    if (found === null) return absent;
    const { path, fault } = found;
    const { issuer, certificate, name, because } = fault;
    const title = certificateTitle(certificate);
    return present(
      'critical',
      because === 'excluded'
        ? `${certificateTitle(issuer)} excludes a name of ${title}: ${name}`
        : `${certificateTitle(issuer)} does not permit a name of ${title}: ${name}`,
      { path: path.map(certificateTitle).join(' < '), name, issuer: issuer.subject },
      certificate.sha256,
    );
  },
});
