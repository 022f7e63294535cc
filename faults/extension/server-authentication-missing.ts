import { rfc } from '#model/rfc.ts';
import { cisco } from '#products/sources.ts';
import { certificateTitle } from '#x509/certificate.ts';
import { keyPurposeTitle } from '#x509/oids.ts';
import { isForServers } from '#x509/path-validation.ts';
import { absent, defineFault, present } from '../define-fault.ts';
import { faultOfPath } from '../paths.ts';

export const serverAuthenticationMissing = defineFault({
  id: 'server-authentication-missing',
  category: 'extension',
  title: 'The certificate, or an issuer of it, is not meant for servers',
  titleAbsent: 'The certificate and its issuers may serve',
  symptom:
    'Browsers stop with NET::ERR_CERT_INVALID; Java clients log "Extended key usage does not permit use for TLS server authentication".',
  cause: 'The authority used a template without id-kp-serverAuth, for example one for users or workstations.',
  advice: 'Have the certificate issued from a template with server and client authentication.',
  severity: 'critical',
  sources: [rfc(5280, '4.2.1.12'), cisco.uccxOperatingSystem('CSR extensions: server and client authentication')],
  judges: 'presented',
  detect({ presented, clients }) {
    const found = faultOfPath(presented, clients, (path) => path.find((each) => !isForServers(each)) ?? null);
    if (found === null) return absent;
    const { path, fault: certificate } = found;
    const isIssuer = certificate !== presented.endEntity;
    return present(
      'critical',
      `extKeyUsage of ${isIssuer ? `the issuer ${certificateTitle(certificate)}` : certificateTitle(certificate)} does not hold id-kp-serverAuth`,
      {
        extKeyUsage: certificate.extKeyUsage?.map(keyPurposeTitle).join(', ') ?? '',
        ...(isIssuer ? { path: path.map(certificateTitle).join(' < ') } : {}),
      },
      certificate.sha256,
    );
  },
});
