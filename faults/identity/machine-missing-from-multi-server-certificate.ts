import { cisco } from '#products/sources.ts';
import { isFor, referenceIdentifier } from '#x509/identity.ts';
import { absent, defineFault, notApplicable, present } from '../define-fault.ts';

export const machineMissingFromMultiServerCertificate = defineFault({
  id: 'machine-missing-from-multi-server-certificate',
  category: 'identity',
  title: 'The multi-server certificate leaves out a UCCX node',
  titleAbsent: 'The multi-server certificate is for every UCCX node',
  symptom:
    'The node left out cannot present the certificate: after a failover browsers stop with NET::ERR_CERT_COMMON_NAME_INVALID.',
  cause: 'The request was made before the second node was added, or the authority left out a name.',
  advice: 'Make the multi-server request again, check that both nodes are in it, have it signed and upload it.',
  severity: 'major',
  appliesTo: [{ product: 'uccx', releases: { from: '11.6' } }],
  sources: [
    cisco.uccxCertificates('Multi-server SAN: the two UCCX nodes only', 'inferred'),
    cisco.cucmCaSigned('Multi-server (SAN): common name with -ms'),
  ],
  judges: 'presented',
  detect({ presented: { endEntity }, machines }) {
    const names = endEntity.subjectAltName;
    if (names === null) return notApplicable('the certificate has no subjectAltName at all');
    const commonName = endEntity.commonNames.find((name) => /^[^.]+-ms\./i.test(name));
    if (commonName === undefined) return notApplicable('the common name is not that of a multi-server certificate');
    const nodes = machines.filter(({ type }) => type === 'UCCX_PUBLISHER' || type === 'UCCX_SUBSCRIBER');
    // Two publishers are two systems, each with a certificate of its own.
    if (nodes.filter(({ type }) => type === 'UCCX_PUBLISHER').length > 1 || nodes.length > 2)
      return notApplicable('the inventory has more than one UCCX system');
    const missing = nodes.find(({ fqdn }) => fqdn !== null && !isFor(endEntity, referenceIdentifier(fqdn)));
    if (missing === undefined) return absent;
    return present(
      'major',
      `the multi-server certificate is not for ${missing.fqdn ?? missing.id}`,
      { 'common name': commonName, subjectAltName: names.dns.join(', ') || 'no dNSName' },
      endEntity.sha256,
    );
  },
});
