import { rfc } from '#model/rfc.ts';
import { cisco } from '#products/sources.ts';
import { absent, defineFault, present } from '../define-fault.ts';
import { keyTitle } from '../words.ts';

export const keyUsageInsufficient = defineFault({
  id: 'key-usage-insufficient',
  category: 'extension',
  title: 'The key of the certificate may not sign a handshake',
  titleAbsent: 'The key of the certificate may sign a handshake',
  symptom:
    'Clients that check keyUsage refuse the handshake (Java: "KeyUsage does not allow digital signatures"); others do not mind.',
  cause: 'The authority used a template without digitalSignature, for example one for encryption only.',
  advice:
    'Have the certificate issued from a template with digitalSignature, keyEncipherment and dataEncipherment in keyUsage.',
  severity: 'major',
  sources: [
    rfc(8446, '4.4.2.2'),
    rfc(5280, '4.2.1.3'),
    cisco.uccxOperatingSystem('CSR extensions: digitalSignature, keyEncipherment, dataEncipherment, keyAgreement'),
  ],
  judges: 'presented',
  detect({ presented: { endEntity } }) {
    const { keyUsage } = endEntity;
    // An RSA key without keyEncipherment still signs every exchange with forward secrecy: no client of today stops at it.
    if (keyUsage === null || keyUsage.includes('digitalSignature')) return absent;
    return present(
      'major',
      'keyUsage does not hold digitalSignature',
      { keyUsage: keyUsage.join(', '), key: keyTitle(endEntity) },
      endEntity.sha256,
    );
  },
});
