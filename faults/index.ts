import type { Fault } from './define-fault.ts';
import { portsPresentDifferentCertificates } from './consistency/ports-present-different-certificates.ts';
import { presentedDiffersFromStore } from './consistency/presented-differs-from-store.ts';
import { previousCertificatePresented } from './consistency/previous-certificate-presented.ts';
import { boundCertificateDiffers } from './consistency/bound-certificate-differs.ts';
import { clientAuthenticationMissing } from './extension/client-authentication-missing.ts';
import { serverAuthenticationMissing } from './extension/server-authentication-missing.ts';
import { unknownCriticalExtension } from './extension/unknown-critical-extension.ts';
import { unsupportedCriticalExtension } from './extension/unsupported-critical-extension.ts';
import { clientAuthenticationSunset } from './extension/client-authentication-sunset.ts';
import { keyUsageInsufficient } from './extension/key-usage-insufficient.ts';
import { commonNameNotInSubjectAlternativeName } from './identity/common-name-not-in-subject-alternative-name.ts';
import { nameMismatch } from './identity/name-mismatch.ts';
import { subjectAlternativeNameMissing } from './identity/subject-alternative-name-missing.ts';
import { wildcardName } from './identity/wildcard-name.ts';
import { malformedName } from './identity/malformed-name.ts';
import { addressUsedAsName } from './identity/address-used-as-name.ts';
import { staleDomain } from './identity/stale-domain.ts';
import { foreignNameInMultiServerCertificate } from './identity/foreign-name-in-multi-server-certificate.ts';
import { multiServerCertificateUnsupported } from './identity/multi-server-certificate-unsupported.ts';
import { machineMissingFromMultiServerCertificate } from './identity/machine-missing-from-multi-server-certificate.ts';
import { commonNameDiffersFromInventory } from './identity/common-name-differs-from-inventory.ts';
import { enteredUnderAnotherName } from './identity/entered-under-another-name.ts';
import { dualCertificatesDiffer } from './key/dual-certificates-differ.ts';
import { ecdsaUnsupported } from './key/ecdsa-unsupported.ts';
import { keyLengthUnsupported } from './key/key-length-unsupported.ts';
import { malformedCertificate } from './key/malformed-certificate.ts';
import { weakKey } from './key/weak-key.ts';
import { weakSignatureAlgorithm } from './key/weak-signature-algorithm.ts';
import { invalidSerialNumber } from './key/invalid-serial-number.ts';
import { ecdsaCertificateFromRsaAuthority } from './key/ecdsa-certificate-from-rsa-authority.ts';
import { certificateListOutOfOrder } from './path/certificate-list-out-of-order.ts';
import { intermediateMissing } from './path/intermediate-missing.ts';
import { selfSignedCertificate } from './path/self-signed-certificate.ts';
import { untrustedIssuer } from './path/untrusted-issuer.ts';
import { certificateListSuperfluous } from './path/certificate-list-superfluous.ts';
import { trustAnchorSent } from './path/trust-anchor-sent.ts';
import { invalidSignature } from './path/invalid-signature.ts';
import { publicIssuerRequired } from './path/public-issuer-required.ts';
import { nameConstraintsViolated } from './path/name-constraints-violated.ts';
import { issuerNotACa } from './path/issuer-not-a-ca.ts';
import { pathLengthExceeded } from './path/path-length-exceeded.ts';
import { caCertificateAsEndEntity } from './path/ca-certificate-as-end-entity.ts';
import { certificateVersionObsolete } from './path/certificate-version-obsolete.ts';
import { clientCertificateRequested } from './protocol/client-certificate-requested.ts';
import { legacyProtocolAccepted } from './protocol/legacy-protocol-accepted.ts';
import { modernProtocolRefused } from './protocol/modern-protocol-refused.ts';
import { weakDiffieHellman } from './protocol/weak-diffie-hellman.ts';
import { notTls } from './protocol/not-tls.ts';
import { serviceNotListening } from './protocol/service-not-listening.ts';
import { certificateRevoked } from './revocation/certificate-revoked.ts';
import { nameNotResolved } from './resolution/name-not-resolved.ts';
import { reverseNameDiffers } from './resolution/reverse-name-differs.ts';
import { clockSkew } from './validity/clock-skew.ts';
import { browserRefuses } from './trust/browser-refuses.ts';
import { identityCertificateAbsent } from './trust/identity-certificate-absent.ts';
import { peerCertificateOutdatedInStore } from './trust/peer-certificate-outdated-in-store.ts';
import { peerNotTrusted } from './trust/peer-not-trusted.ts';
import { certificateExpired } from './validity/certificate-expired.ts';
import { certificateExpiring } from './validity/certificate-expiring.ts';
import { certificateNotYetValid } from './validity/certificate-not-yet-valid.ts';
import { issuerExpired } from './validity/issuer-expired.ts';
import { issuerExpiring } from './validity/issuer-expiring.ts';
import { validityPeriodExcessive } from './validity/validity-period-excessive.ts';
import { trustCertificateExpired } from './trust/trust-certificate-expired.ts';
import { certificateFileUnacceptable } from './store/certificate-file-unacceptable.ts';
import { keystoreFormatWrong } from './store/keystore-format-wrong.ts';
import { identityAliasMissing } from './store/identity-alias-missing.ts';
import { replyUnderWrongAlias } from './store/reply-under-wrong-alias.ts';
import { keyPasswordDiffers } from './store/key-password-differs.ts';
import { requestNamesDiffer } from './store/request-names-differ.ts';
import { requestKeyDiffers } from './store/request-key-differs.ts';
import { pendingRequestAbsent } from './store/pending-request-absent.ts';
import { requestKeyUsagesDiffer } from './store/request-key-usages-differ.ts';
import { thumbprintHasHiddenCharacters } from './store/thumbprint-has-hidden-characters.ts';

/** Every fault uccert knows, in the order reports list them. Kept by hand; tests/catalogue.test.ts holds it against the folder. */
const list = [
  certificateExpired,
  certificateNotYetValid,
  certificateExpiring,
  issuerExpired,
  issuerExpiring,
  validityPeriodExcessive,
  clockSkew,
  nameMismatch,
  subjectAlternativeNameMissing,
  commonNameNotInSubjectAlternativeName,
  wildcardName,
  malformedName,
  addressUsedAsName,
  staleDomain,
  foreignNameInMultiServerCertificate,
  machineMissingFromMultiServerCertificate,
  multiServerCertificateUnsupported,
  commonNameDiffersFromInventory,
  enteredUnderAnotherName,
  selfSignedCertificate,
  untrustedIssuer,
  intermediateMissing,
  certificateListOutOfOrder,
  certificateListSuperfluous,
  trustAnchorSent,
  invalidSignature,
  issuerNotACa,
  pathLengthExceeded,
  nameConstraintsViolated,
  publicIssuerRequired,
  caCertificateAsEndEntity,
  certificateVersionObsolete,
  weakKey,
  weakSignatureAlgorithm,
  keyLengthUnsupported,
  ecdsaUnsupported,
  malformedCertificate,
  invalidSerialNumber,
  ecdsaCertificateFromRsaAuthority,
  dualCertificatesDiffer,
  unsupportedCriticalExtension,
  unknownCriticalExtension,
  serverAuthenticationMissing,
  clientAuthenticationMissing,
  clientAuthenticationSunset,
  keyUsageInsufficient,
  serviceNotListening,
  notTls,
  legacyProtocolAccepted,
  modernProtocolRefused,
  weakDiffieHellman,
  clientCertificateRequested,
  portsPresentDifferentCertificates,
  presentedDiffersFromStore,
  previousCertificatePresented,
  boundCertificateDiffers,
  peerNotTrusted,
  peerCertificateOutdatedInStore,
  identityCertificateAbsent,
  trustCertificateExpired,
  browserRefuses,
  nameNotResolved,
  certificateRevoked,
  reverseNameDiffers,
  certificateFileUnacceptable,
  keystoreFormatWrong,
  identityAliasMissing,
  replyUnderWrongAlias,
  keyPasswordDiffers,
  requestNamesDiffer,
  requestKeyDiffers,
  requestKeyUsagesDiffer,
  pendingRequestAbsent,
  thumbprintHasHiddenCharacters,
] as const;

/** The catalogue. */
export const faults: readonly Fault[] = list;

export type FaultId = (typeof list)[number]['id'];

/** The fault of this id, or undefined. */
export function faultOf(id: string): Fault | undefined {
  return faults.find((fault) => fault.id === id);
}
