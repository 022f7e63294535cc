import { rfc } from '#model/rfc.ts';
import { clientAuthenticationScope } from '#products/public-authorities.ts';
import { cisco } from '#products/sources.ts';
import { keyPurpose, keyPurposeTitle } from '#x509/oids.ts';
import { absent, defineFault, present } from '../define-fault.ts';
import { mutualTlsOf, severityOf } from '../mutual-tls.ts';
import { sourceTitle } from '../words.ts';

export const clientAuthenticationMissing = defineFault({
  id: 'client-authentication-missing',
  category: 'extension',
  title: 'The certificate is not meant for clients',
  titleAbsent: 'The certificate is meant for clients too, or for any purpose',
  symptom:
    'Nothing on links where only the server shows a certificate; where the link is mutual TLS, the other side ends the handshake.',
  cause: 'Public authorities no longer put id-kp-clientAuth into server certificates; a private template may lack it.',
  advice:
    'Keep to a private authority whose template has server and client authentication for machines that open mutual TLS links.',
  severity: 'notice',
  appliesTo: clientAuthenticationScope,
  sources: [
    rfc(5280, '4.2.1.12'),
    cisco.uccxOperatingSystem('CSR extensions: server and client authentication'),
    cisco.clientAuthNotice('Affected releases'),
    cisco.cvpSecurity('Template for client and server authentication'),
    cisco.cceSecurity('Links with mutual TLS'),
    cisco.cceSecurity('Which side of a link is the client', 'inferred'),
    cisco.cucmClientAuthNotice('Dates'),
  ],
  judges: 'presented',
  detect({ endpoint, presented: { endEntity } }) {
    const purposes = endEntity.extKeyUsage;
    if (purposes === null || purposes.includes(keyPurpose.clientAuth) || purposes.includes(keyPurpose.any))
      return absent;
    // No documented link of a UCCX deployment is mutual TLS: there it is worth knowing and no more.
    const link = mutualTlsOf(endpoint);
    const because = 'extKeyUsage does not hold id-kp-clientAuth';
    return present(
      severityOf(link),
      link === null ? because : `${because}, and the machine shows the certificate as a client to ${link.to}`,
      {
        extKeyUsage: purposes.map(keyPurposeTitle).join(', '),
        ...(link === null
          ? {}
          : { 'secured by mutual TLS': link.isSecured, sources: link.sources.map(sourceTitle).join('; ') }),
      },
      endEntity.sha256,
    );
  },
});
