import { cisco } from '#products/sources.ts';
import { isInRange } from '#products/release.ts';
import { isFor, referenceIdentifier } from '#x509/identity.ts';
import { absent, defineFault, notApplicable, present } from '../define-fault.ts';

export const multiServerCertificateUnsupported = defineFault({
  id: 'multi-server-certificate-unsupported',
  category: 'identity',
  title: 'One certificate for both UCCX nodes, on a release that does not support it',
  titleAbsent: 'The certificate is for one UCCX node, as the release supports it',
  symptom: 'OS Administration of this release makes no such request; what was brought in around it is not supported.',
  cause: 'The certificate was made as for a later release, whose requests may name both nodes.',
  advice: 'Have a certificate issued for each node, or upgrade to 11.6(2) or later.',
  severity: 'major',
  appliesTo: [{ product: 'uccx', releases: { before: '11.6(2)' } }],
  sources: [
    cisco.uccxCertificates('Multi-server SAN: from 11.6'),
    cisco.uccxCertificates('Multi-server SAN: from 11.6(2)'),
  ],
  judges: 'presented',
  detect({ endpoint: { machine }, presented: { endEntity }, machines }) {
    const nodes = machines.filter(({ type }) => type === 'UCCX_PUBLISHER' || type === 'UCCX_SUBSCRIBER');
    if (nodes.length < 2) return notApplicable('the inventory has one UCCX node');
    const named = nodes.flatMap(({ fqdn }) =>
      fqdn !== null && isFor(endEntity, referenceIdentifier(fqdn)) ? [fqdn] : [],
    );
    if (named.length < 2) return absent;
    // One passage says 11.6, another 11.6(2): between them nobody can tell.
    const isDisputed = isInRange(machine.release, { from: '11.6' }) === true;
    return present(
      isDisputed ? 'notice' : 'major',
      isDisputed
        ? `the certificate names ${named.join(' and ')}: the guide says 11.6 in one place and 11.6(2) in another`
        : `the certificate names ${named.join(' and ')}, and release ${String(machine.release)} has no multi-server certificates`,
      { subjectAltName: endEntity.subjectAltName?.dns.join(', ') ?? '', release: machine.release ?? '' },
      endEntity.sha256,
    );
  },
});
