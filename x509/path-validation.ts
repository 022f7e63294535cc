import { isSelfIssued, isSelfSigned, type Certificate } from './certificate.ts';
import { violationOf, type Violation } from './name-constraints.ts';
import { keyPurpose, processedExtensions } from './oids.ts';

/** Why a certificate may not issue: RFC 5280 section 6.1.4 (k) and (n). Null where it may. */
export function lackOfIssuer(issuer: Certificate): string | null {
  const { version, basicConstraints, keyUsage } = issuer;
  // A root of version 1 has no extensions; clients trust it for being in their store.
  if (version !== 3)
    return isSelfSigned(issuer) ? null : `is of version ${String(version)}, which cannot say that it is a CA`;
  if (basicConstraints === null) return 'has no basicConstraints';
  if (!basicConstraints.ca) return 'is no CA by its basicConstraints';
  return keyUsage === null || keyUsage.includes('keyCertSign') ? null : 'may not sign certificates by its keyUsage';
}

/** The first extension that is marked critical and that a client need not know: RFC 5280 section 4.2 has it refuse then. */
export function unprocessedExtension({ extensions }: Certificate): string | null {
  return extensions.find(({ oid, critical }) => critical && !processedExtensions.has(oid))?.oid ?? null;
}

/** Whether the certificate, or what it issued, may serve in TLS: extKeyUsage of issuers binds those below, as every client has it. */
export function isForServers({ extKeyUsage }: Certificate): boolean {
  return extKeyUsage === null || extKeyUsage.includes(keyPurpose.serverAuth) || extKeyUsage.includes(keyPurpose.any);
}

/** An issuer of a path that allows fewer intermediate certificates below it than follow. RFC 5280 section 6.1.4 (l) and (m). */
export interface TooLong {
  readonly issuer: Certificate;
  readonly allowed: number;
  readonly followers: number;
}

/** The first such issuer of a path, its end entity certificate first, or null. Self-issued certificates do not count. */
export function pathLengthFault(path: readonly Certificate[]): TooLong | null {
  for (const [place, issuer] of path.entries()) {
    const constraints = issuer.basicConstraints;
    // The field has a meaning only together with cA: RFC 5280 section 4.2.1.9.
    if (place === 0 || constraints?.ca !== true || constraints.pathLength === null) continue;
    const followers = path.slice(1, place).filter((certificate) => !isSelfIssued(certificate)).length;
    if (followers > constraints.pathLength) return { issuer, allowed: constraints.pathLength, followers };
  }
  return null;
}

/** A name of a path that an issuer above it forbids. */
export interface Forbidden extends Violation {
  readonly issuer: Certificate;
  readonly certificate: Certificate;
}

/** The first such name of a path, its end entity certificate first, or null. RFC 5280 section 6.1.3 (b) and (c). */
export function nameConstraintsFault(path: readonly Certificate[]): Forbidden | null {
  for (const [place, issuer] of path.entries()) {
    if (place === 0 || issuer.nameConstraints === null) continue;
    for (const [below, certificate] of path.slice(0, place).entries()) {
      // A self-issued intermediate is the issuer itself under another key.
      if (below > 0 && isSelfIssued(certificate)) continue;
      const violation = violationOf(certificate, issuer.nameConstraints);
      if (violation !== null) return { ...violation, issuer, certificate };
    }
  }
  return null;
}

/** Whether a path whose signatures verify is also valid for a TLS server, dates and the name asked for aside. RFC 5280 section 6.1. */
export function isValidPath(path: readonly Certificate[]): boolean {
  return (
    path.every((certificate) => isForServers(certificate) && unprocessedExtension(certificate) === null) &&
    path.slice(1).every((issuer) => lackOfIssuer(issuer) === null) &&
    pathLengthFault(path) === null &&
    nameConstraintsFault(path) === null
  );
}
