import { rfc } from '#model/source.ts';
import { cisco } from '#products/sources.ts';
import { keyPurpose, keyPurposeTitle } from '#x509/oids.ts';
import { absent, defineFault, present } from '../define-fault.ts';

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
  appliesTo: [{ product: 'uccx' }, { product: 'ccp' }, { product: 'cucm' }, { product: 'mediasense' }],
  sources: [
    rfc(5280, '4.2.1.12'),
    cisco.uccxOperatingSystem('CSR extensions: server and client authentication'),
    cisco.clientAuthNotice('Problem description'),
    cisco.cucmClientAuthNotice('Dates'),
  ],
  judges: 'presented',
  detect({ presented: { endEntity } }) {
    const purposes = endEntity.extKeyUsage;
    if (purposes === null || purposes.includes(keyPurpose.clientAuth) || purposes.includes(keyPurpose.any))
      return absent;
    // No documented link of a UCCX deployment is mutual TLS, so this is worth knowing and no more.
    return present(
      'notice',
      'extKeyUsage does not hold id-kp-clientAuth',
      { extKeyUsage: purposes.map(keyPurposeTitle).join(', ') },
      endEntity.sha256,
    );
  },
});
