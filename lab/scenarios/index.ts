import type { Scenario } from '../scenario.ts';
import { addressAmongTheNames } from './address-among-the-names.ts';
import { authorityBelowLastAuthority } from './authority-below-last-authority.ts';
import { bothNodesInOneCertificateOnOldRelease } from './both-nodes-in-one-certificate-on-old-release.ts';
import { ccpCertificateNotImported } from './ccp-certificate-not-imported.ts';
import { certificateDamaged } from './certificate-damaged.ts';
import { certificateFromTheFuture } from './certificate-from-the-future.ts';
import { certificateFromUnknownAuthority } from './certificate-from-unknown-authority.ts';
import { certificateRunsOutSoon } from './certificate-runs-out-soon.ts';
import { certificateWithoutAlternativeName } from './certificate-without-alternative-name.ts';
import { certificatesSentOutOfOrder } from './certificates-sent-out-of-order.ts';
import { chatFromTheInternet } from './chat-from-the-internet.ts';
import { clientCertificateAsked } from './client-certificate-asked.ts';
import { clockSetByItsHost } from './clock-set-by-its-host.ts';
import { commonNameLeftOut } from './common-name-left-out.ts';
import { criticalExtensionNobodyKnows } from './critical-extension-nobody-knows.ts';
import { cucmCriticalKeyPurpose } from './cucm-critical-key-purpose.ts';
import { domainChangedAfterInstallation } from './domain-changed-after-installation.ts';
import { ellipticCurveCertificateForgotten } from './elliptic-curve-certificate-forgotten.ts';
import { ellipticCurveFromRsaAuthority } from './elliptic-curve-from-rsa-authority.ts';
import { ellipticCurveOnOldRelease } from './elliptic-curve-on-old-release.ts';
import { finesseCertificateExpired } from './finesse-certificate-expired.ts';
import { intermediateDeleted } from './intermediate-deleted.ts';
import { issuerWithoutBasicConstraints } from './issuer-without-basic-constraints.ts';
import { issuingAuthorityExpired } from './issuing-authority-expired.ts';
import { issuingAuthorityRunsOutSoon } from './issuing-authority-runs-out-soon.ts';
import { keyTooLongForRelease } from './key-too-long-for-release.ts';
import { keyTooShort } from './key-too-short.ts';
import { liveDataNotRestarted } from './live-data-not-restarted.ts';
import { nameWithABlank } from './name-with-a-blank.ts';
import { oldVersionsLeftOn } from './old-versions-left-on.ts';
import { oneCertificateForAll } from './one-certificate-for-all.ts';
import { publicCertificateOfTwoYears } from './public-certificate-of-two-years.ts';
import { onlyOldVersions } from './only-old-versions.ts';
import { previousIntermediateSentAlong } from './previous-intermediate-sent-along.ts';
import { reportingDown } from './reporting-down.ts';
import { reportingWithoutTls } from './reporting-without-tls.ts';
import { issuerForAnotherDomain } from './issuer-for-another-domain.ts';
import { rootSentAlong } from './root-sent-along.ts';
import { secondNodeLeftOut } from './second-node-left-out.ts';
import { shortDiffieHellmanGroup } from './short-diffie-hellman-group.ts';
import { signedCertificateOverwritten } from './signed-certificate-overwritten.ts';
import { signedWithSha1 } from './signed-with-sha-1.ts';
import { templateForAuthorities } from './template-for-authorities.ts';
import { templateForClients } from './template-for-clients.ts';
import { templateForEncryption } from './template-for-encryption.ts';
import { templateForWebServers } from './template-for-web-servers.ts';
import { wildcardForAllServers } from './wildcard-for-all-servers.ts';
import { ccpRenewedAndNotRestarted } from './ccp-renewed-and-not-restarted.ts';
import { olderStoreBroughtBack } from './older-store-brought-back.ts';
import { porticoBoundAndNotRestarted } from './portico-bound-and-not-restarted.ts';
import { iisCertificateDeleted } from './iis-certificate-deleted.ts';

/** Every scenario of the lab. */
export const scenarios: readonly Scenario[] = [
  addressAmongTheNames,
  authorityBelowLastAuthority,
  bothNodesInOneCertificateOnOldRelease,
  ccpCertificateNotImported,
  certificateDamaged,
  certificateFromTheFuture,
  certificateFromUnknownAuthority,
  certificateRunsOutSoon,
  certificateWithoutAlternativeName,
  certificatesSentOutOfOrder,
  chatFromTheInternet,
  clientCertificateAsked,
  clockSetByItsHost,
  commonNameLeftOut,
  criticalExtensionNobodyKnows,
  cucmCriticalKeyPurpose,
  domainChangedAfterInstallation,
  ellipticCurveCertificateForgotten,
  ellipticCurveFromRsaAuthority,
  ellipticCurveOnOldRelease,
  finesseCertificateExpired,
  intermediateDeleted,
  issuerForAnotherDomain,
  issuerWithoutBasicConstraints,
  issuingAuthorityExpired,
  issuingAuthorityRunsOutSoon,
  keyTooLongForRelease,
  keyTooShort,
  liveDataNotRestarted,
  nameWithABlank,
  oldVersionsLeftOn,
  oneCertificateForAll,
  onlyOldVersions,
  previousIntermediateSentAlong,
  publicCertificateOfTwoYears,
  reportingDown,
  reportingWithoutTls,
  rootSentAlong,
  secondNodeLeftOut,
  shortDiffieHellmanGroup,
  signedCertificateOverwritten,
  signedWithSha1,
  templateForAuthorities,
  templateForClients,
  templateForEncryption,
  templateForWebServers,
  wildcardForAllServers,
  ccpRenewedAndNotRestarted,
  olderStoreBroughtBack,
  porticoBoundAndNotRestarted,
  iisCertificateDeleted,
];
