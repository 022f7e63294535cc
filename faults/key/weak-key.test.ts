import { authority, certificate, ecKey, edKey, rsaKeyOf } from '#tests/support/certificates.ts';
import { testFault } from '#tests/support/test-fault.ts';
import { weakKey } from './weak-key.ts';

const issuer = authority('Issuing CA');
const rsa = (bits: number): ReturnType<typeof certificate>[] => [certificate({ issuer, key: rsaKeyOf(bits) }), issuer];
const ec = (curve: string): ReturnType<typeof certificate>[] => [certificate({ key: ecKey('weak-key', curve) })];

testFault(weakKey, {
  present: [
    { name: 'RSA 1024', presents: rsa(1024), severity: 'major', because: /1024 bits/ },
    { name: 'RSA 2047', presents: rsa(2047), because: /2047 bits/ },
    { name: 'RSA 512', presents: rsa(512) },
    { name: 'EC P-192', presents: ec('P-192'), because: /192 bits/ },
  ],
  absent: [
    { name: 'RSA 2048', presents: rsa(2048) },
    { name: 'RSA 3072', presents: rsa(3072) },
    { name: 'RSA 4096', presents: rsa(4096) },
    { name: 'EC P-224', presents: ec('P-224') },
    { name: 'EC P-256', presents: ec('P-256') },
    { name: 'EC P-384', presents: ec('P-384') },
    { name: 'Ed25519', presents: [certificate({ key: edKey() })] },
  ],
  inconclusive: [{ name: 'nothing was sent', presents: [], reason: 'certificate-unreadable' }],
});
