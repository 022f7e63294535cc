import { cisco } from '#products/sources.ts';
import { absent, defineFault, present } from '../define-fault.ts';
import { keyTitle } from '../words.ts';

export const ecdsaCertificateFromRsaAuthority = defineFault({
  id: 'ecdsa-certificate-from-rsa-authority',
  category: 'key',
  title: 'The elliptic-curve certificate was signed by an RSA authority',
  titleAbsent: 'The certificate was not signed by an RSA authority over an elliptic-curve key',
  symptom:
    'The chat and e-mail gadget and the SocialMiner page do not load, while Finesse and Live Data work (CSCvb58580).',
  cause: 'The request of tomcat-ECDSA was signed by an authority with an RSA key.',
  advice: 'Install the COP file that hides the ECDSA certificate, so that the RSA one is presented, and restart.',
  severity: 'major',
  appliesTo: [{ product: 'ccp', releases: { from: '11.5', before: '11.6' } }],
  sources: [cisco.uccxEcdsa('CSCvb58580')],
  judges: 'presented',
  detect({ presented: { endEntity } }) {
    const { publicKey, signatureAlgorithm } = endEntity;
    if (publicKey.type !== 'ec' || !signatureAlgorithm.name.includes('RSA')) return absent;
    return present(
      'major',
      'the key of the certificate is an elliptic-curve one, that of its authority is RSA',
      { key: keyTitle(endEntity), 'signature algorithm': signatureAlgorithm.name, issuer: endEntity.issuer },
      endEntity.sha256,
    );
  },
});
