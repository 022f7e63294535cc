import type { Sha256 } from '#model/names.ts';
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

/** Signatures looked at in one search, the same bound as that of Go's crypto/x509: a hostile list ends there. */
const mostSignatures = 100;

/** Whether `certificate` names `issuer` as its own: names chain, and the key identifiers do not contradict. */
export function namesAsIssuer(certificate: Certificate, issuer: Certificate): boolean {
  if (issuer.subjectName !== certificate.issuerName) return false;
  const { authorityKeyIdentifier } = certificate;
  const { subjectKeyIdentifier } = issuer;
  return (
    authorityKeyIdentifier === null || subjectKeyIdentifier === null || authorityKeyIdentifier === subjectKeyIdentifier
  );
}

/**
 * Whether `certificate` names `issuer` by its name and by its key identifier: the name alone is also that of a renewed issuer
 * with another key.
 */
export function identifiesAsIssuer(certificate: Certificate, issuer: Certificate): boolean {
  const isSaid = certificate.authorityKeyIdentifier !== null && issuer.subjectKeyIdentifier !== null;
  return isSaid && namesAsIssuer(certificate, issuer);
}

/** Whether `issuer` may have issued `certificate`: it is named as the issuer, and the signature verifies. */
export function issued(issuer: Certificate, certificate: Certificate): boolean {
  return namesAsIssuer(certificate, issuer) && isSignedBy(certificate, issuer);
}

/**
 * Looks for a path from the end entity certificate to a trust anchor, over the certificates sent and those known besides.
 * Several issuers of one name (cross-signed, renewed) are all tried, the shortest path first. The best result wins: anchored,
 * else one that is complete, else the longest; and of those one that is `usable`.
 */
export function buildPath(
  endEntity: Certificate,
  known: readonly Certificate[],
  anchors: readonly Certificate[],
  usable: (path: readonly Certificate[]) => boolean = () => true,
): PathResult {
  const isAnchor = new Set(anchors.map((anchor) => anchor.sha256));
  const bySubject = Map.groupBy([...anchors, ...known], (certificate) => certificate.subjectName);
  // Each certificate is reached once by a usable way: a second one leads on to the same places.
  const reached = new Set([endEntity.sha256]);
  const paths: Certificate[][] = [[endEntity]];
  let best: PathResult = { status: 'issuer-missing', path: [endEntity] };
  let signatures = 0;

  // The loop meets the paths that it appends.
  for (const path of paths) {
    const last = path.at(-1) ?? endEntity;
    const result = resultOf(path, isAnchor.has(last.sha256), isSelfSigned(last));
    if (isBetter(result, best, usable)) best = result;
    if (best.status === 'anchored' && usable(best.path)) return best;
    if (result.status !== 'issuer-missing' || path.length >= longestPath) continue;

    for (const issuer of bySubject.get(last.issuerName) ?? []) {
      if (signatures >= mostSignatures) break;
      if (
        reached.has(issuer.sha256) ||
        path.some(({ sha256 }) => sha256 === issuer.sha256) ||
        !namesAsIssuer(last, issuer)
      )
        continue;
      signatures += 1;
      if (!isSignedBy(last, issuer)) continue;
      const further = [...path, issuer];
      if (usable(further)) reached.add(issuer.sha256);
      paths.push(further);
    }
  }
  return best;
}

function resultOf(path: readonly Certificate[], isAnchored: boolean, isComplete: boolean): PathResult {
  if (isAnchored) return { status: 'anchored', path };
  return { status: isComplete ? 'unknown-anchor' : 'issuer-missing', path };
}

const ranks = ['issuer-missing', 'unknown-anchor', 'anchored'] as const;

function isBetter(result: PathResult, best: PathResult, usable: (path: readonly Certificate[]) => boolean): boolean {
  const lead = ranks.indexOf(result.status) - ranks.indexOf(best.status);
  if (lead !== 0) return lead > 0;
  // A path that only lacks issuers is the better the further it leads.
  if (result.status === 'issuer-missing' && result.path.length !== best.path.length)
    return result.path.length > best.path.length;
  return usable(result.path) && !usable(best.path);
}

/** What of a list of certificates lies on the way up from its first one. */
export interface Way {
  /** SHA-256 of the first certificate and of every issuer sent, cross-signed ones too. */
  readonly members: ReadonlySet<Sha256>;
  /** The way ends in a self-signed certificate: whatever else was sent is not on it. */
  readonly isComplete: boolean;
}

/** The way up that the list itself shows, or null where the list has more namesakes than are worth checking. */
export function wayThrough(endEntity: Certificate, sent: readonly Certificate[]): Way | null {
  const members = new Map([[endEntity.sha256, endEntity]]);
  let signatures = 0;
  // The loop meets the members that it adds.
  for (const certificate of members.values()) {
    if (isSelfSigned(certificate)) continue;
    for (const issuer of sent) {
      if (members.has(issuer.sha256) || !namesAsIssuer(certificate, issuer)) continue;
      signatures += 1;
      if (signatures > mostSignatures) return null;
      if (isSignedBy(certificate, issuer)) members.set(issuer.sha256, issuer);
    }
  }
  return { members: new Set(members.keys()), isComplete: [...members.values()].some(isSelfSigned) };
}
