import type { Source } from '#model/source.ts';
import type { ProductId } from './product.ts';
import type { ReleaseRange } from './release.ts';
import { cisco } from './sources.ts';

/** What public authorities may issue from a day on. Dates of outside policy move: each says when it was read. */
export interface LifetimeLimit {
  /** notBefore from which it holds. */
  readonly from: string;
  /** Days from notBefore to notAfter, both included (RFC 5280 section 4.1.2.5). */
  readonly days: number;
}

const requirements = (section: string): Source => ({
  document: 'CA/Browser Forum Baseline Requirements for TLS Server Certificates (ballot SC-081v3)',
  section,
  url: 'https://cabforum.org/working-groups/server/baseline-requirements/requirements/',
  confidence: 'documented',
  read: '2026-11-22',
});

/** The longest validity period of a certificate for TLS servers, the newest rule last. */
export const lifetimeLimits: readonly LifetimeLimit[] = [
  { from: '2020-09-01', days: 398 },
  { from: '2026-03-15', days: 200 },
  { from: '2027-03-15', days: 100 },
  { from: '2029-03-15', days: 47 },
];
export const lifetimeSource = requirements('6.3.2 Certificate operational periods and key pair usage periods');

/** Policies that only public authorities assert for TLS servers: domain, organisation, individual and extended validation. */
export const publicPolicies: readonly string[] = ['2.23.140.1.2.1', '2.23.140.1.2.2', '2.23.140.1.2.3', '2.23.140.1.1'];
export const policySource = requirements('7.1.6.1 Reserved certificate policy identifiers');

/** From when public authorities no longer put id-kp-clientAuth into certificates for TLS servers. The sources moved the day before. */
export const clientAuthenticationSunset = {
  /** Chrome demands it of what is issued from this day on. */
  from: '2027-03-15',
  sources: [cisco.cucmClientAuthNotice('Dates: effective March 2027'), cisco.clientAuthNotice('Problem description')],
} as const;

/**
 * The products whose certificates serve clients too. Those of Unified CCE are in the notice by release; it names neither IdS, Live Data,
 * Cloud Connect nor ECE, and UCCX and its companions come from their own guides.
 */
export const clientAuthenticationScope: readonly {
  readonly product: ProductId;
  readonly releases?: ReleaseRange;
}[] = [
  { product: 'uccx' },
  { product: 'ccp' },
  { product: 'cucm' },
  { product: 'mediasense' },
  ...(['finesse', 'cuic', 'cvvb', 'cce-central-controller', 'cce-pg', 'cce-aw'] as const).map((product) => ({
    product,
    releases: { from: '12.5' },
  })),
  // Of CVP it lists 12.5(1), 12.6(2) and 15.0(1), and not 12.6(1).
  ...(['cvp', 'cvp-reporting', 'cvp-oamp'] as const).flatMap((product) => [
    { product, releases: { from: '12.5', before: '12.6(1)' } },
    { product, releases: { from: '12.6(2)' } },
  ]),
];

/** The limit that held on the day a certificate was issued, or null where there was none yet. */
export function lifetimeLimit(notBefore: Date): LifetimeLimit | null {
  return lifetimeLimits.findLast(({ from }) => notBefore >= new Date(from)) ?? null;
}
