import type { Scenario } from '../scenario.ts';
import { addressAmongTheNames } from './address-among-the-names.ts';
import { aliasWithAHyphen } from './alias-with-a-hyphen.ts';
import { authorityAddedWww } from './authority-added-www.ts';
import { authorityBelowLastAuthority } from './authority-below-last-authority.ts';
import { authorityReplacedHalfway } from './authority-replaced-halfway.ts';
import { awCertificateNotInCvp } from './aw-certificate-not-in-cvp.ts';
import { bothNodesInOneCertificateOnOldRelease } from './both-nodes-in-one-certificate-on-old-release.ts';
import { callManagerUpgradedWithOldVersions } from './call-manager-upgraded-with-old-versions.ts';
import { ccpCertificateNotImported } from './ccp-certificate-not-imported.ts';
import { ccpRenewedAndNotRestarted } from './ccp-renewed-and-not-restarted.ts';
import { certificateDamaged } from './certificate-damaged.ts';
import { certificateFromTheFuture } from './certificate-from-the-future.ts';
import { certificateFromUnknownAuthority } from './certificate-from-unknown-authority.ts';
import { certificateNotHandedToPcs } from './certificate-not-handed-to-pcs.ts';
import { certificateRunsOutSoon } from './certificate-runs-out-soon.ts';
import { certificateWithoutAlternativeName } from './certificate-without-alternative-name.ts';
import { certificatesSentOutOfOrder } from './certificates-sent-out-of-order.ts';
import { chatFromTheInternet } from './chat-from-the-internet.ts';
import { clientCertificateAsked } from './client-certificate-asked.ts';
import { clockSetByItsHost } from './clock-set-by-its-host.ts';
import { commonNameLeftOut } from './common-name-left-out.ts';
import { criticalExtensionNobodyKnows } from './critical-extension-nobody-knows.ts';
import { cucmCertificateExpired } from './cucm-certificate-expired.ts';
import { cucmCriticalKeyPurpose } from './cucm-critical-key-purpose.ts';
import { cucmRenewedChatForgotten } from './cucm-renewed-chat-forgotten.ts';
import { cvpAsInstalled } from './cvp-as-installed.ts';
import { cvpEnteredByItsShortName } from './cvp-entered-by-its-short-name.ts';
import { domainChangedAfterInstallation } from './domain-changed-after-installation.ts';
import { eceCertificateReplaced } from './ece-certificate-replaced.ts';
import { eceWithoutHttps } from './ece-without-https.ts';
import { ellipticCurveCertificateForgotten } from './elliptic-curve-certificate-forgotten.ts';
import { ellipticCurveFromRsaAuthority } from './elliptic-curve-from-rsa-authority.ts';
import { ellipticCurveOnOldRelease } from './elliptic-curve-on-old-release.ts';
import { everythingAtOnce } from './everything-at-once.ts';
import { finesseCertificateExpired } from './finesse-certificate-expired.ts';
import { finesseSecondaryNotGivenCuic } from './finesse-secondary-not-given-cuic.ts';
import { finesseSecondaryNotInAw } from './finesse-secondary-not-in-aw.ts';
import { iisCertificateDeleted } from './iis-certificate-deleted.ts';
import { iisCertificateExpiredOnAw } from './iis-certificate-expired-on-aw.ts';
import { intermediateDeleted } from './intermediate-deleted.ts';
import { issuerForAnotherDomain } from './issuer-for-another-domain.ts';
import { issuerLeftOutOnCvp } from './issuer-left-out-on-cvp.ts';
import { issuerWithoutBasicConstraints } from './issuer-without-basic-constraints.ts';
import { issuingAuthorityExpired } from './issuing-authority-expired.ts';
import { issuingAuthorityRunsOutSoon } from './issuing-authority-runs-out-soon.ts';
import { javaUpdateDroppedCacerts } from './java-update-dropped-cacerts.ts';
import { keyCameOutOfAPfx } from './key-came-out-of-a-pfx.ts';
import { keyStoreSavedAsJks } from './key-store-saved-as-jks.ts';
import { keyTooLongForRelease } from './key-too-long-for-release.ts';
import { keyTooShort } from './key-too-short.ts';
import { liveDataNotRestarted } from './live-data-not-restarted.ts';
import { multiServerNameOnFinesse } from './multi-server-name-on-finesse.ts';
import { nameTakenOutOfDns } from './name-taken-out-of-dns.ts';
import { nameWithABlank } from './name-with-a-blank.ts';
import { namesWrittenTwice } from './names-written-twice.ts';
import { notificationServiceNotRestarted } from './notification-service-not-restarted.ts';
import { oldVersionsLeftOn } from './old-versions-left-on.ts';
import { olderStoreBroughtBack } from './older-store-brought-back.ts';
import { oneCertificateForAll } from './one-certificate-for-all.ts';
import { onlyOldVersions } from './only-old-versions.ts';
import { porticoBoundAndNotRestarted } from './portico-bound-and-not-restarted.ts';
import { porticoRecreated } from './portico-recreated.ts';
import { previousIntermediateSentAlong } from './previous-intermediate-sent-along.ts';
import { previousIssuerKeptOnCvp } from './previous-issuer-kept-on-cvp.ts';
import { publicCertificateOfTwoYears } from './public-certificate-of-two-years.ts';
import { renewedOnPublisherOnly } from './renewed-on-publisher-only.ts';
import { replyBesideItsKey } from './reply-beside-its-key.ts';
import { replyForTheOtherNode } from './reply-for-the-other-node.ts';
import { replyFromWebServerTemplate } from './reply-from-web-server-template.ts';
import { replyToReplacedRequest } from './reply-to-replaced-request.ts';
import { replyWithItsChainInOneFile } from './reply-with-its-chain-in-one-file.ts';
import { reportingDown } from './reporting-down.ts';
import { reportingServerAsInstalled } from './reporting-server-as-installed.ts';
import { reportingWithoutTls } from './reporting-without-tls.ts';
import { requestForSeveralServers } from './request-for-several-servers.ts';
import { restoredFromAnOldBackup } from './restored-from-an-old-backup.ts';
import { reverseNameOfOldMachine } from './reverse-name-of-old-machine.ts';
import { revokedAndStillPresented } from './revoked-and-still-presented.ts';
import { rootMissingOnPg } from './root-missing-on-pg.ts';
import { rootSentAlong } from './root-sent-along.ts';
import { rootWithoutIntermediate } from './root-without-intermediate.ts';
import { scriptTargetNotTrusted } from './script-target-not-trusted.ts';
import { secondNodeLeftOut } from './second-node-left-out.ts';
import { serialNumberTooLong } from './serial-number-too-long.ts';
import { setToEllipticCurve } from './set-to-elliptic-curve.ts';
import { shortDiffieHellmanGroup } from './short-diffie-hellman-group.ts';
import { signedAndSelfSignedMixed } from './signed-and-self-signed-mixed.ts';
import { signedCertificateOverwritten } from './signed-certificate-overwritten.ts';
import { signedWithSha1 } from './signed-with-sha-1.ts';
import { signedWithoutExtensions } from './signed-without-extensions.ts';
import { subscriberNeverTrusted } from './subscriber-never-trusted.ts';
import { templateForAuthorities } from './template-for-authorities.ts';
import { templateForClients } from './template-for-clients.ts';
import { templateForEncryption } from './template-for-encryption.ts';
import { templateForWebServers } from './template-for-web-servers.ts';
import { thumbprintCopiedFromTheDialog } from './thumbprint-copied-from-the-dialog.ts';
import { twoTeamsTwoNames } from './two-teams-two-names.ts';
import { wildcardForAllServers } from './wildcard-for-all-servers.ts';

/** Every scenario of the lab. */
export const scenarios: readonly Scenario[] = [
  addressAmongTheNames,
  aliasWithAHyphen,
  authorityAddedWww,
  authorityBelowLastAuthority,
  authorityReplacedHalfway,
  awCertificateNotInCvp,
  bothNodesInOneCertificateOnOldRelease,
  callManagerUpgradedWithOldVersions,
  ccpCertificateNotImported,
  ccpRenewedAndNotRestarted,
  certificateDamaged,
  certificateFromTheFuture,
  certificateFromUnknownAuthority,
  certificateNotHandedToPcs,
  certificateRunsOutSoon,
  certificatesSentOutOfOrder,
  certificateWithoutAlternativeName,
  chatFromTheInternet,
  clientCertificateAsked,
  clockSetByItsHost,
  commonNameLeftOut,
  criticalExtensionNobodyKnows,
  cucmCertificateExpired,
  cucmCriticalKeyPurpose,
  cucmRenewedChatForgotten,
  cvpAsInstalled,
  cvpEnteredByItsShortName,
  domainChangedAfterInstallation,
  eceCertificateReplaced,
  eceWithoutHttps,
  ellipticCurveCertificateForgotten,
  ellipticCurveFromRsaAuthority,
  ellipticCurveOnOldRelease,
  everythingAtOnce,
  finesseCertificateExpired,
  finesseSecondaryNotGivenCuic,
  finesseSecondaryNotInAw,
  iisCertificateDeleted,
  iisCertificateExpiredOnAw,
  intermediateDeleted,
  issuerForAnotherDomain,
  issuerLeftOutOnCvp,
  issuerWithoutBasicConstraints,
  issuingAuthorityExpired,
  issuingAuthorityRunsOutSoon,
  javaUpdateDroppedCacerts,
  keyCameOutOfAPfx,
  keyStoreSavedAsJks,
  keyTooLongForRelease,
  keyTooShort,
  liveDataNotRestarted,
  multiServerNameOnFinesse,
  namesWrittenTwice,
  nameTakenOutOfDns,
  nameWithABlank,
  notificationServiceNotRestarted,
  olderStoreBroughtBack,
  oldVersionsLeftOn,
  oneCertificateForAll,
  onlyOldVersions,
  porticoBoundAndNotRestarted,
  porticoRecreated,
  previousIntermediateSentAlong,
  previousIssuerKeptOnCvp,
  publicCertificateOfTwoYears,
  renewedOnPublisherOnly,
  replyBesideItsKey,
  replyForTheOtherNode,
  replyFromWebServerTemplate,
  replyToReplacedRequest,
  replyWithItsChainInOneFile,
  reportingDown,
  reportingServerAsInstalled,
  reportingWithoutTls,
  requestForSeveralServers,
  restoredFromAnOldBackup,
  reverseNameOfOldMachine,
  revokedAndStillPresented,
  rootMissingOnPg,
  rootSentAlong,
  rootWithoutIntermediate,
  scriptTargetNotTrusted,
  secondNodeLeftOut,
  serialNumberTooLong,
  setToEllipticCurve,
  shortDiffieHellmanGroup,
  signedAndSelfSignedMixed,
  signedCertificateOverwritten,
  signedWithoutExtensions,
  signedWithSha1,
  subscriberNeverTrusted,
  templateForAuthorities,
  templateForClients,
  templateForEncryption,
  templateForWebServers,
  thumbprintCopiedFromTheDialog,
  twoTeamsTwoNames,
  wildcardForAllServers,
];
