import type { Observed } from '#model/observation.ts';
import type { Obtained } from './obtained.ts';

/** What clients of today offer (RFC 9325 section 3.1.1). */
export const modernVersions = ['TLSv1.2', 'TLSv1.3'] as const;
/** What they do not (RFC 8996, RFC 7568). */
export const olderVersions = ['TLSv1.1', 'TLSv1', 'SSLv3'] as const;

/**
 * Whether a port that was offered TLS 1.3 down to 1.0 refused both modern versions: it picks the newest that it speaks (RFC 8446 section 4.2.1,
 * RFC 5246 appendix E.1), or says by its alert that it speaks none of them. Null where neither is known.
 */
export function refusedModern(handshake: Obtained<Observed<'tls-handshake'>>): boolean | null {
  if ('value' in handshake) {
    const picked = handshake.value.protocol;
    if (modernVersions.some((version) => version === picked)) return false;
    return olderVersions.some((version) => version === picked) ? true : null;
  }
  const { failure } = handshake.missing;
  return failure !== 'not-probed' && failure.reason === 'tls-alert' && failure.alert === 'protocol_version'
    ? true
    : null;
}
