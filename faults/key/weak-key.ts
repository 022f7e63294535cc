import { rfc } from '#model/rfc.ts';
import { cisco } from '#products/sources.ts';
import { absent, defineFault, present } from '../define-fault.ts';
import { keyTitle } from '../words.ts';

/** Below these lengths in bits a key counts as weak: NIST SP 800-131A's floors, which Java and browsers follow. */
const leastBits: Readonly<Record<string, number>> = { rsa: 2048, 'rsa-pss': 2048, dsa: 2048, ec: 224 };

export const weakKey = defineFault({
  id: 'weak-key',
  category: 'key',
  title: 'The key is too short',
  titleAbsent: 'The key is long enough',
  symptom:
    'The certificate cannot be uploaded ("Error reading the certificate"), Java clients refuse it, browsers may stop with NET::ERR_CERT_WEAK_KEY.',
  cause: 'The request was made with 1024 bits, as old guides print it.',
  advice: 'Make a new request or regenerate with 2048 bits.',
  severity: 'major',
  sources: [
    cisco.uccxCertificates('Key length 1024 or 2048'),
    {
      document: 'NIST SP 800-131A Rev. 2',
      section: '3, table 2',
      url: 'https://csrc.nist.gov/pubs/sp/800/131/a/r2/final',
      confidence: 'documented',
      read: '2026-11-22',
    },
    rfc(9325, '4.4'),
  ],
  judges: 'presented',
  detect({ presented: { endEntity } }) {
    const { type, bits } = endEntity.publicKey;
    const least = leastBits[type];
    if (least === undefined || bits === null || bits >= least) return absent;
    return present(
      'major',
      `the key has ${String(bits)} bits`,
      { key: keyTitle(endEntity), 'at least': `${String(least)} bits` },
      endEntity.sha256,
    );
  },
});
