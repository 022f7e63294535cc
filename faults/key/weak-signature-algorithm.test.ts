import { authority, certificate, edKey, oid, rsaKey, sequence, tlv } from '#tests/support/certificates.ts';
import { testFault } from '#tests/support/test-fault.ts';
import { weakSignatureAlgorithm } from './weak-signature-algorithm.ts';

const root = authority('Root CA', { hash: 'sha1' });
const weakIssuer = authority('Weak CA', { issuer: root, hash: 'sha1' });
const issuer = authority('Issuing CA', { issuer: root });
const signedWith = (algorithm: Buffer): ReturnType<typeof certificate>[] => [
  certificate({ issuer, signatureAlgorithm: algorithm }),
];
const rsaPss = '1.2.840.113549.1.1.10';
const sha256 = sequence(tlv(0xa0, sequence(oid('2.16.840.1.101.3.4.2.1'))));

testFault(weakSignatureAlgorithm, {
  present: [
    {
      name: 'SHA-1 with RSA',
      presents: [certificate({ key: rsaKey(), hash: 'sha1' })],
      because: /sha1WithRSAEncryption/,
    },
    { name: 'SHA-1 with EC', presents: [certificate({ issuer, hash: 'sha1' }), issuer], severity: 'critical' },
    { name: 'MD5', presents: signedWith(sequence(oid('1.2.840.113549.1.1.4'))) },
    { name: 'MD2', presents: signedWith(sequence(oid('1.2.840.113549.1.1.2'))) },
    { name: 'RSASSA-PSS says nothing, which means SHA-1', presents: signedWith(sequence(oid(rsaPss), sequence())) },
    { name: 'an intermediate', presents: [certificate({ issuer: weakIssuer }), weakIssuer, root], at: weakIssuer },
    { name: 'self-signed: nobody else signs for it', presents: [root], at: root },
  ],
  absent: [
    { name: 'SHA-256', presents: [certificate()] },
    { name: 'SHA-512', presents: [certificate({ hash: 'sha512' })] },
    { name: 'Ed25519 hashes by itself', presents: [certificate({ key: edKey() })] },
    { name: 'RSASSA-PSS with SHA-256', presents: signedWith(sequence(oid(rsaPss), sha256)) },
    { name: 'an algorithm nobody knows', presents: signedWith(sequence(oid('2.999.1'))) },
    { name: 'a SHA-1 root sent along is checked by nobody', presents: [certificate({ issuer }), issuer, root] },
  ],
  inconclusive: [{ name: 'nothing was sent', presents: [], reason: 'certificate-unreadable' }],
});
