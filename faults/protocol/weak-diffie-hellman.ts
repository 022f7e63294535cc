import { rfc } from '#model/rfc.ts';
import { cisco } from '#products/sources.ts';
import { defineFault, present } from '../define-fault.ts';

/** Bits of the prime: RFC 9325 section 4.5 wants the first, browsers and Java stopped below the second after Logjam. */
const least = { recommended: 2048, accepted: 1024 } as const;

export const weakDiffieHellman = defineFault({
  id: 'weak-diffie-hellman',
  category: 'protocol',
  title: 'The Diffie-Hellman group of the port is too short',
  titleAbsent: 'The port has no Diffie-Hellman group below 2048 bits',
  symptom:
    'Clients that agree on a DHE suite stop ("Server has a weak ephemeral Diffie-Hellman public key"); with 1024 bits and more only scanners complain.',
  cause:
    'The service still has the group it was built with: the Logjam attack made groups of 512 to 1024 bits worthless.',
  advice:
    'Upgrade the service to a release with a group of 2048 bits, or take the DHE suites out: every client of today has ECDHE.',
  severity: 'minor',
  sources: [
    rfc(9325, '4.1'),
    rfc(9325, '4.5'),
    cisco.uccxCertificates('Logjam, CSCuv89545'),
    {
      document: 'Weak Diffie-Hellman and the Logjam Attack',
      section: 'Introduction',
      url: 'https://weakdh.org/',
      confidence: 'documented',
      read: '2026-11-22',
    },
  ],
  judges: 'variants',
  detect({ variants }) {
    const answer = variants.of('dhe');
    if (answer?.outcome !== 'answered') return variants.absentIfSeen('dhe');
    const { ephemeralKey: key, cipherSuite } = answer;
    if (key?.type !== 'DH' || key.bits >= least.recommended) return variants.absentIfSeen('dhe');
    return present(
      key.bits < least.accepted ? 'major' : 'minor',
      `the Diffie-Hellman group has ${String(key.bits)} bits`,
      {
        group: `${String(key.bits)} bits`,
        'at least': `${String(least.recommended)} bits; below ${String(least.accepted)} clients refuse it`,
        'cipher suite': cipherSuite,
      },
    );
  },
});
