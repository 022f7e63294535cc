import type { FaultId } from '#faults/index.ts';

/** Faults of an identity certificate that only another certificate clears, whoever signs it. */
export const identityFaults = [
  'certificate-expired',
  'certificate-expiring',
  'certificate-not-yet-valid',
  'validity-period-excessive',
  'name-mismatch',
  'stale-domain',
  'subject-alternative-name-missing',
  'common-name-not-in-subject-alternative-name',
  'common-name-differs-from-inventory',
  'wildcard-name',
  'malformed-name',
  'foreign-name-in-multi-server-certificate',
  'machine-missing-from-multi-server-certificate',
  'multi-server-certificate-unsupported',
  'address-used-as-name',
  'weak-key',
  'key-length-unsupported',
  'weak-signature-algorithm',
  'ecdsa-unsupported',
  'invalid-serial-number',
  'malformed-certificate',
  'certificate-version-obsolete',
  'invalid-signature',
  'key-usage-insufficient',
  'server-authentication-missing',
  'client-authentication-missing',
  'unsupported-critical-extension',
  'unknown-critical-extension',
] as const satisfies readonly FaultId[];

/** Faults that another certificate of the right authority clears. */
export const issuerFaults = [
  'self-signed-certificate',
  'untrusted-issuer',
  'public-issuer-required',
  'issuer-expired',
  'issuer-expiring',
  'issuer-not-a-ca',
  'path-length-exceeded',
  'name-constraints-violated',
  'ca-certificate-as-end-entity',
  'ecdsa-certificate-from-rsa-authority',
  'certificate-revoked',
] as const satisfies readonly FaultId[];
