import { rfc } from '#model/rfc.ts';
import { cisco } from '#products/sources.ts';
import { isFor, referenceIdentifier } from '#x509/identity.ts';
import { absent, advised, defineFault, notApplicable, present } from '../define-fault.ts';

export const nameMismatch = defineFault({
  id: 'name-mismatch',
  category: 'identity',
  title: 'The certificate is for another name',
  titleAbsent: 'The certificate is for the name it is reached by',
  symptom:
    'Browsers stop with NET::ERR_CERT_COMMON_NAME_INVALID; Java clients log "No subject alternative DNS name matching".',
  cause:
    "The host name or the domain changed after the certificate was made, another machine's certificate was installed, or people use an address or a short name.",
  advice:
    'Reach the machine by its FQDN; where the name changed, regenerate the certificate or make a new request with the present name.',
  severity: 'critical',
  sources: [rfc(9525, '6.3'), cisco.uccxCertificates('DNS and domain')],
  judges: 'presented',
  detect({ endpoint: { machine, host }, presented: { endEntity }, machines }) {
    const names = endEntity.subjectAltName;
    if (names === null) return notApplicable('the certificate has no subjectAltName at all');
    if (isFor(endEntity, referenceIdentifier(host))) return absent;
    const presented = [...names.dns, ...names.ip];
    const others = machines.filter(
      ({ id, fqdn }) => id !== machine.id && fqdn !== null && isFor(endEntity, referenceIdentifier(fqdn)),
    );
    const [other] = others;
    const whose = other === undefined ? '' : `: it is that of ${others.map(({ id }) => id).join(', ')}`;
    const mismatch = present(
      'critical',
      `${host} is not among the names of the certificate${whose}`,
      { 'reached by': host, subjectAltName: presented.join(', ') || 'no dNSName or iPAddress' },
      endEntity.sha256,
    );
    return other === undefined
      ? mismatch
      : advised(
          `It is the certificate of ${other.id}: it belongs there, and ${machine.id} needs one of its own.`,
          mismatch,
        );
  },
});
