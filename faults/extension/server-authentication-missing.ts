import { rfc } from '#model/source.ts';
import { cisco } from '#products/sources.ts';
import { keyPurpose, keyPurposeTitle } from '#x509/oids.ts';
import { absent, defineFault, present } from '../define-fault.ts';

export const serverAuthenticationMissing = defineFault({
  id: 'server-authentication-missing',
  category: 'extension',
  title: 'The certificate is not meant for servers',
  titleAbsent: 'The certificate is meant for servers',
  symptom:
    'Browsers stop with NET::ERR_CERT_INVALID; Java clients log "Extended key usage does not permit use for TLS server authentication".',
  cause: 'The authority used a template without id-kp-serverAuth, for example one for users or workstations.',
  advice: 'Have the certificate issued from a template with server and client authentication.',
  severity: 'critical',
  sources: [rfc(5280, '4.2.1.12'), cisco.uccxOperatingSystem('CSR extensions: server and client authentication')],
  judges: 'presented',
  detect({ presented: { endEntity } }) {
    const purposes = endEntity.extKeyUsage;
    if (purposes === null || purposes.includes(keyPurpose.serverAuth) || purposes.includes(keyPurpose.any))
      return absent;
    return present(
      'critical',
      'extKeyUsage does not hold id-kp-serverAuth',
      { extKeyUsage: purposes.map(keyPurposeTitle).join(', ') },
      endEntity.sha256,
    );
  },
});
