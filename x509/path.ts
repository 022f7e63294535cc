import { isSelfSigned, isSignedBy, type Certificate } from './certificate.ts';

/** What came of looking for a certification path (RFC 5280 section 6). Dates and names are not judged here: each has its own fault. */
export type PathResult =
  | { readonly status: 'anchored'; readonly path: readonly Certificate[] }
  /** The path ends in a self-signed certificate that is no trust anchor of the client. */
  | { readonly status: 'unknown-anchor'; readonly path: readonly Certificate[] }
  /** The last certificate of the path names an issuer that was neither sent nor is known. */
  | { readonly status: 'issuer-missing'; readonly path: readonly Certificate[] };

/** A longer path than this is no contact centre's; the bound keeps a hostile list from costing time. */
const longestPath = 10;

/** Whether `issuer` may have issued `certificate`: names chain, the key identifiers do not contradict, the signature verifies. */
export function issued(issuer: Certificate, certificate: Certificate): boolean {
  if (issuer.subjectDer !== certificate.issuerDer) return false;
  const { authorityKeyIdentifier } = certificate;
  if (
    authorityKeyIdentifier !== null &&
    issuer.subjectKeyIdentifier !== null &&
    authorityKeyIdentifier !== issuer.subjectKeyIdentifier
  ) {
    return false;
  }
  return isSignedBy(certificate, issuer);
}

/**
 * Looks for a path from the end entity certificate to a trust anchor, over the certificates sent and those known besides.
 * Several issuers of one name (cross-signed, renewed) are all tried; the best result wins: anchored, else the longest.
 */
export function buildPath(
  endEntity: Certificate,
  known: readonly Certificate[],
  anchors: readonly Certificate[],
): PathResult {
  const isAnchor = new Set(anchors.map((anchor) => anchor.sha256));
  const candidates = [...anchors, ...known];

  function extend(path: readonly Certificate[], last: Certificate): PathResult {
    if (isAnchor.has(last.sha256)) return { status: 'anchored', path };
    if (isSelfSigned(last)) return { status: 'unknown-anchor', path };
    if (path.length >= longestPath) return { status: 'issuer-missing', path };
    const seen = new Set(path.map((certificate) => certificate.sha256));
    let best: PathResult = { status: 'issuer-missing', path };
    for (const issuer of candidates) {
      if (seen.has(issuer.sha256) || !issued(issuer, last)) continue;
      const result = extend([...path, issuer], issuer);
      if (result.status === 'anchored') return result;
      if (result.path.length > best.path.length) best = result;
    }
    return best;
  }
  return extend([endEntity], endEntity);
}
