import { productOf, products } from '#products/index.ts';
import type { KeyLengthRule } from '#products/product.ts';
import { isInRange } from '#products/release.ts';
import { cisco } from '#products/sources.ts';
import { absent, defineFault, notApplicable, present } from '../define-fault.ts';
import { keyTitle } from '../words.ts';

export const keyLengthUnsupported = defineFault({
  id: 'key-length-unsupported',
  category: 'key',
  title: 'The key is longer than the release supports',
  titleAbsent: 'The key has a length that the release supports',
  symptom: 'An upload is refused, or a co-resident component does not start with the certificate.',
  cause:
    'The request was made with more bits than the documents of the product allow. Of UCCX the certificate guide allows 1024 and 2048 only, the operating system guide of 12.5(1)SU2 and later lists 3072 and 4096 too; the guides of CVP name 2048; CUCM takes up to 4096.',
  advice: 'Use 2048 bits: every document agrees on it.',
  severity: 'notice',
  appliesTo: products.filter(({ rsaKeys }) => rsaKeys !== undefined).map(({ id }) => ({ product: id })),
  sources: [
    cisco.uccxCertificates('Key length 1024 or 2048'),
    cisco.uccxOperatingSystem('Generate CSR: key length'),
    cisco.pcceCertificates('keytool -genkeypair with -keysize 2048'),
    cisco.cucmKeyLengths('Key length of certificates'),
  ],
  judges: 'presented',
  detect({ endpoint: { machine, listener }, presented: { endEntity } }) {
    const { rsaKeys = [], stores } = productOf(machine.type);
    // The rules are those of the product's own store; a certificate of Windows beside it is under none.
    const isOfWindows = stores.some(
      ({ identity, keptIn }) => identity === listener?.presents && keptIn?.by === 'windows-store',
    );
    if (isOfWindows) return notApplicable('no document limits the keys of certificates that Windows keeps');
    const { type, bits } = endEntity.publicKey;
    if (type !== 'rsa' || bits === null) return absent;
    const rule = rsaKeys.find(({ releases }) => isInRange(machine.release, releases) === true);
    const { longest, severity, because } = rule ?? whereUnknown(rsaKeys, machine.release);
    if (bits <= longest) return absent;
    return present(
      severity,
      `the key has ${String(bits)} bits: ${because}`,
      { key: keyTitle(endEntity), release: machine.release ?? 'unknown' },
      endEntity.sha256,
    );
  },
});

/** No rule is sure to hold: what every rule that may hold allows is fine, more is worth knowing. */
function whereUnknown(
  rules: readonly KeyLengthRule[],
  release: string | null,
): Pick<KeyLengthRule, 'longest' | 'severity' | 'because'> {
  const possible = rules.filter(({ releases }) => isInRange(release, releases) === null);
  return {
    longest: Math.min(...possible.map(({ longest }) => longest)),
    severity: 'notice',
    because: 'it is not known which release must support it',
  };
}
