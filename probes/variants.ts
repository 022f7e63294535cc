import { sha256 } from '#model/digest.ts';
import type { Sha256 } from '#model/names.ts';
import type { Observed, Variant, VariantOutcome } from '#model/observation.ts';
import { variants } from '#model/vocabulary.ts';
import type { TlsLimits, TlsTarget } from './tls.ts';
import { suiteTitle, versionTitle } from './wire/algorithms.ts';
import { variantOffer } from './wire/client-hello.ts';
import { look, type Look } from './wire/look.ts';
import { publicKeyOf } from './wire/public-key.ts';
import type { Flight } from './wire/server-flight.ts';

/** Which variants to ask: all, the key type that the usual answer did not have, or none. */
export type VariantsAsked = 'all' | 'other-key' | 'none';

/** What the variants brought home. */
export interface VariantsSeen {
  readonly value: Observed<'tls-variants'>;
  /** Every certificate the value names. */
  readonly certificates: ReadonlyMap<Sha256, Buffer>;
}

/**
 * Asks a port one variant after the other, so that a machine never has more connections than its lane allows; each has the whole deadline of a
 * probe. What the usual flight has answered already is taken from it. `usual`: null where it brought no flight.
 */
export async function askVariants(
  target: TlsTarget,
  usual: Flight | null,
  asked: Exclude<VariantsAsked, 'none'>,
  limits: TlsLimits,
): Promise<VariantsSeen> {
  const certificates = new Map<Sha256, Buffer>();
  const answered = (flight: Flight): VariantOutcome => {
    for (const der of flight.certificates) certificates.set(sha256(der), der);
    return { outcome: 'answered', ...agreedIn(flight), certificates: flight.certificates.map(sha256) };
  };
  const known = usual === null ? new Set<Variant>() : answeredBy(usual, target.serverName);
  const wanted = asked === 'all' ? variants : otherKey(known);
  const value: { variant: Variant; outcome: VariantOutcome }[] = [];
  for (const variant of wanted) {
    // A name without a dot is its own short name, and an address has none.
    if (variant === 'short-name' && !target.serverName?.includes('.')) continue;
    if (usual !== null && known.has(variant)) {
      value.push({ variant, outcome: answered(usual) });
      continue;
    }
    // A second certificate must be its holder's; who holds the key is known from the usual flight in every other variant.
    const proof = variant === 'rsa' || variant === 'ecdsa' ? 'proof' : 'no-proof';
    const seen = await look(target, variantOffer(variant, target.serverName), limits, proof);
    value.push({ variant, outcome: seen.answer === 'tls' ? answeredAs(variant, answered(seen.flight)) : endOf(seen) });
  }
  return { value, certificates };
}

/** A version is not accepted by answering with another. */
function answeredAs(variant: Variant, answer: VariantOutcome): VariantOutcome {
  const isVersion = variant.startsWith('TLSv') || variant === 'SSLv3';
  if (!isVersion || answer.outcome !== 'answered' || answer.protocol === variant) return answer;
  return { outcome: 'refused', how: { by: 'version', protocol: answer.protocol } };
}

type Agreed = Pick<
  Extract<VariantOutcome, { outcome: 'answered' }>,
  'protocol' | 'cipherSuite' | 'ephemeralKey' | 'key'
>;

/** What a flight agreed on, in the words of the model. */
export function agreedIn({ version, suite, ephemeralKey, key }: Flight): Agreed {
  return { protocol: versionTitle(version), cipherSuite: suiteTitle(suite), ephemeralKey, key };
}

/** The variants whose answer the usual flight is: its own version and key type are what the server picked from an offer of everything. */
function answeredBy({ version, certificates: [first] }: Flight, serverName: string | null): Set<Variant> {
  const known = new Set<string>([versionTitle(version)]);
  const key = first === undefined ? null : keyTypeOf(first);
  if (key !== null) known.add(key);
  if (serverName === null) known.add('no-server-name');
  return new Set(variants.filter((variant) => known.has(variant)));
}

function otherKey(known: ReadonlySet<Variant>): readonly Variant[] {
  if (known.has('rsa')) return ['ecdsa'];
  return known.has('ecdsa') ? ['rsa'] : [];
}

function keyTypeOf(der: Buffer): 'rsa' | 'ecdsa' | null {
  const type = publicKeyOf(der)?.asymmetricKeyType;
  return type === 'ec' ? 'ecdsa' : type === 'rsa' || type === 'rsa-pss' ? 'rsa' : null;
}

/** A peer that ends the handshake itself has refused; whatever else happened says nothing about the variant. */
function endOf(seen: Exclude<Look, { answer: 'tls' }>): VariantOutcome {
  if (seen.answer === 'refused') return { outcome: 'failed', failure: { reason: 'connection-refused' } };
  if (seen.answer === 'not-tls') return { outcome: 'failed', failure: { reason: 'not-tls', speech: seen.speech } };
  const { failure } = seen;
  switch (failure.reason) {
    case 'tls-alert':
      return { outcome: 'refused', how: { by: 'alert', alert: failure.alert } };
    case 'connection-closed':
      return { outcome: 'refused', how: { by: 'close' } };
    case 'connection-reset':
      return failure.stage === 'handshake'
        ? { outcome: 'refused', how: { by: 'reset' } }
        : { outcome: 'failed', failure };
    default:
      return { outcome: 'failed', failure };
  }
}
