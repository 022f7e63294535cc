import type { Missing } from '#model/finding.ts';
import type { Observed, Variant } from '#model/observation.ts';
import type { CertificateBook } from '#x509/book.ts';
import { absent, inconclusive, type Endpoint, type Presented, type VariantsSeen } from './define-fault.ts';
import type { Obtained } from './obtained.ts';
import { placeTitle } from './place.ts';
import { presentedIn } from './sighting.ts';

/** What a port answered to each of our variants of the ClientHello, as a detector asks for it. */
export function variantsSeen(
  asked: Observed<'tls-variants'>,
  { place }: Endpoint,
  book: CertificateBook,
): VariantsSeen {
  const outcomes = new Map(asked.map(({ variant, outcome }) => [variant, outcome]));
  const presentedTo = (variant: Variant): Obtained<Presented> | null => {
    const outcome = outcomes.get(variant);
    if (outcome?.outcome !== 'answered') return null;
    return presentedIn({ value: outcome.certificates.map((digest) => book.get(digest)) }, place);
  };
  const missing = (variant: Variant): Missing[] => {
    const outcome = outcomes.get(variant);
    if (outcome === undefined || outcome.outcome === 'failed')
      return [{ kind: 'tls-variants', of: placeTitle(place), failure: outcome?.failure ?? 'not-probed' }];
    // Where the answer is a certificate, one that cannot be read is none.
    const presented = variant === 'rsa' || variant === 'ecdsa' ? presentedTo(variant) : null;
    return presented !== null && 'missing' in presented ? [presented.missing] : [];
  };
  return {
    of(variant) {
      const outcome = outcomes.get(variant);
      return outcome === undefined || outcome.outcome === 'failed' ? null : outcome;
    },
    absentIfSeen(...variants) {
      const [first, ...others] = variants.flatMap(missing);
      return first === undefined ? absent : inconclusive(first, ...others);
    },
    presentedTo(variant) {
      const presented = presentedTo(variant);
      return presented === null || 'missing' in presented ? null : presented.value;
    },
  };
}
