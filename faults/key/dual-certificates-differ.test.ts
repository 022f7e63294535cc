import { authority, certificate, ecKey, inDays, rsaKey, type Shape } from '#tests/support/certificates.ts';
import { testFault } from '#tests/support/test-fault.ts';
import { dualCertificatesDiffer } from './dual-certificates-differ.ts';

const issuer = authority('Issuing CA');
const other = authority('Issuing CA for ECDSA');
const rsa = (shape: Shape = {}) => certificate({ key: rsaKey(), issuer, ...shape });
const ecdsa = (shape: Shape = {}) => certificate({ key: ecKey('dual'), issuer, ...shape });
const selfSigned = certificate({ key: ecKey('dual') });
const expired = ecdsa({ notAfter: inDays(-1) });
const ofOthers = ecdsa({ dns: ['other.example.com', 'uccx1.example.com'] });
const refused = { alert: 'handshake_failure' } as const;

testFault(dualCertificatesDiffer, {
  present: [
    {
      name: 'signed RSA, self-signed ECDSA',
      variants: { rsa: [rsa(), issuer], ecdsa: [selfSigned] },
      severity: 'major',
      because: 'the two certificates differ in signer',
      at: selfSigned,
    },
    { name: 'the ECDSA one expired', variants: { rsa: [rsa()], ecdsa: [expired] }, because: /validity$/, at: expired },
    { name: 'not for the same names', variants: { rsa: [rsa()], ecdsa: [ofOthers] }, because: /names$/ },
    {
      name: 'in more than one way',
      variants: { rsa: [rsa({ notAfter: inDays(-1) })], ecdsa: [selfSigned] },
      because: /signer and validity$/,
    },
  ],
  absent: [
    { name: 'they differ in their key', variants: { rsa: [rsa(), issuer], ecdsa: [ecdsa(), issuer] } },
    { name: 'each from an authority of its own', variants: { rsa: [rsa()], ecdsa: [ecdsa({ issuer: other })] } },
    { name: 'they end on different days', variants: { rsa: [rsa({ notAfter: inDays(9) })], ecdsa: [ecdsa()] } },
    {
      name: 'the names in another order and case',
      variants: {
        rsa: [rsa({ dns: ['A.example', 'b.example'] })],
        ecdsa: [ecdsa({ dns: ['b.example', 'a.example'] })],
      },
    },
    { name: 'RSA only', variants: { rsa: [rsa()], ecdsa: refused } },
    { name: 'the same sent to both', variants: { rsa: [selfSigned], ecdsa: [selfSigned] } },
  ],
  inconclusive: [
    { name: 'one was not asked', variants: { rsa: [rsa()] }, reason: 'not-probed' },
    {
      name: 'one cannot be read',
      variants: { rsa: [rsa()], ecdsa: [{ der: Buffer.from('no') }] },
      reason: 'certificate-unreadable',
    },
  ],
});
