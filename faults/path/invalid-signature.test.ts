import { authority, certificate, ecKey, oid, sequence } from '#tests/support/certificates.ts';
import { testFault } from '#tests/support/test-fault.ts';
import { invalidSignature } from './invalid-signature.ts';

const root = authority('Root CA');
const lower = authority('Lower CA', { issuer: root });
const endEntity = certificate({ issuer: lower });
const tampered = certificate({ issuer: lower, tampered: true });
const tamperedLower = authority('Lower CA', { issuer: root, tampered: true });
const namesake = authority('Lower CA', { issuer: root, key: ecKey('namesake') });
const withoutIdentifiers = certificate({ issuer: namesake, keyIdentifiers: false });
const unknownAlgorithm = certificate({ issuer: lower, signatureAlgorithm: sequence(oid('2.999')) });

testFault(invalidSignature, {
  present: [
    {
      name: 'the end entity certificate',
      presents: [tampered, lower],
      severity: 'critical',
      because: /signature of uccx1\.example\.com does not verify with the key of Lower CA/,
      at: tampered,
    },
    { name: 'an intermediate', presents: [endEntity, tamperedLower, root], at: tamperedLower },
    { name: 'the issuer elsewhere in the list', presents: [tampered, root, lower], at: tampered },
  ],
  absent: [
    { name: 'in order', presents: [endEntity, lower, root] },
    { name: 'the issuer was not sent', presents: [tampered] },
    { name: 'an issuer of the name with another key', presents: [endEntity, namesake] },
    { name: 'without key identifiers, by the name alone', presents: [withoutIdentifiers, lower] },
    { name: 'an algorithm nobody knows', presents: [unknownAlgorithm, lower] },
    { name: 'the issuer renewed with the same key', presents: [endEntity, authority('Lower CA', { issuer: root })] },
    { name: 'self-signed, which names no key', presents: [certificate({ tampered: true })] },
  ],
  inconclusive: [{ name: 'nothing was sent', presents: [], reason: 'certificate-unreadable' }],
});
