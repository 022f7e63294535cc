import { products } from '#products/index.ts';
import { cisco } from '#products/sources.ts';
import { absent, defineFault, present } from '../define-fault.ts';
import { keyTitle } from '../words.ts';

export const ecdsaUnsupported = defineFault({
  id: 'ecdsa-unsupported',
  category: 'key',
  title: 'The release does not support the elliptic-curve certificate it presents',
  titleAbsent: 'The certificate is of a kind that the release supports',
  symptom:
    'Live Data or chat asks for a certificate that cannot be accepted; clients that speak RSA only do not connect.',
  cause:
    'ECDSA was taken out of the UCCX solution, Finesse and CUIC with 11.6 and is back as an option from 12.5(1)SU2, beside Unified CCE from 12.6(1); CVP has it from 12.6(1). An ECDSA certificate was left or uploaded before.',
  advice:
    'Present the RSA certificate: remove the ECDSA one or have RSA issued; on 11.5 apply the COP file that hides it.',
  severity: 'major',
  appliesTo: products.flatMap(({ id, ecdsa }) =>
    ecdsa?.without === undefined ? [] : [{ product: id, releases: ecdsa.without }],
  ),
  sources: [
    cisco.uccxCertificates('tomcat-ECDSA from 11.5, removed in 11.6'),
    cisco.uccxEcdsa('CSCvb46250'),
    cisco.uccxCli('set tls server cert_type', 'inferred'),
    cisco.cceSecurity1261('Certificates: components that support RSA and ECDSA'),
  ],
  judges: 'presented',
  detect({ endpoint: { machine }, presented: { endEntity } }) {
    if (endEntity.publicKey.type !== 'ec') return absent;
    return present(
      'major',
      `the certificate has an elliptic-curve key, release ${machine.release ?? 'unknown'} works with RSA only`,
      { key: keyTitle(endEntity), release: machine.release ?? 'unknown' },
      endEntity.sha256,
    );
  },
});
