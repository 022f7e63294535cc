import { cisco } from '#products/sources.ts';
import { isInRange } from '#products/release.ts';
import { absent, defineFault, present } from '../define-fault.ts';
import { keyTitle } from '../words.ts';

/** The first release whose guide lists 3072 and 4096 bits. */
const longKeysFrom = '12.5(1)SU2';

export const keyLengthUnsupported = defineFault({
  id: 'key-length-unsupported',
  category: 'key',
  title: 'The key is longer than the release supports',
  titleAbsent: 'The key has a length that the release supports',
  symptom: 'An upload is refused, or a co-resident component does not start with the certificate.',
  cause:
    'The request was made with more than 2048 bits. The certificate guide allows 1024 and 2048 only; the operating system guide of 12.5(1)SU2 and later lists 3072 and 4096 too.',
  advice: 'Use 2048 bits: every document agrees on it.',
  severity: 'notice',
  appliesTo: [{ product: 'uccx' }, { product: 'ccp' }, { product: 'mediasense' }],
  sources: [cisco.uccxCertificates('Key length 1024 or 2048'), cisco.uccxOperatingSystem('Generate CSR: key length')],
  judges: 'presented',
  detect({ endpoint: { machine }, presented: { endEntity } }) {
    const { type, bits } = endEntity.publicKey;
    if (type !== 'rsa' || bits === null || bits <= 2048) return absent;
    const isListed = isInRange(machine.release, { from: longKeysFrom });
    const because = {
      true: 'the two guides disagree whether the release supports it',
      false: 'no guide of the release supports more than 2048',
      null: 'it is not known which release must support it',
    } as const;
    return present(
      isListed === false ? 'minor' : 'notice',
      `the key has ${String(bits)} bits: ${because[`${isListed}`]}`,
      { key: keyTitle(endEntity), release: machine.release ?? 'unknown' },
      endEntity.sha256,
    );
  },
});
