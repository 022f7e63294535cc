import { certificate, rsaKey } from '#tests/support/certificates.ts';
import { testFault } from '#tests/support/test-fault.ts';
import { keyUsageInsufficient } from './key-usage-insufficient.ts';

const encryptsOnly = certificate({ key: rsaKey(), keyUsage: [5, 0x20] });

testFault(keyUsageInsufficient, {
  present: [
    {
      name: 'RSA, keyEncipherment only',
      presents: [encryptsOnly],
      severity: 'major',
      because: 'keyUsage does not hold digitalSignature',
      at: encryptsOnly,
    },
    { name: 'EC, keyAgreement only', presents: [certificate({ keyUsage: [3, 0x08] })] },
    { name: 'keyCertSign only', presents: [certificate({ keyUsage: [2, 0x04] })] },
    { name: 'no bit at all', presents: [certificate({ keyUsage: [0] })] },
  ],
  absent: [
    { name: 'no keyUsage', presents: [certificate()] },
    { name: 'EC, digitalSignature', presents: [certificate({ keyUsage: [7, 0x80] })] },
    { name: 'RSA, digitalSignature only', presents: [certificate({ key: rsaKey(), keyUsage: [7, 0x80] })] },
    { name: 'as a VOS machine makes it', presents: [certificate({ key: rsaKey(), keyUsage: [2, 0xb4] })] },
  ],
  inconclusive: [{ name: 'nothing was sent', presents: [], reason: 'certificate-unreadable' }],
});
