import { bindDiagnosticPorticoCertificate } from './bind-diagnostic-portico-certificate.ts';
import { bindIisCertificate } from './bind-iis-certificate.ts';
import { completeCertificateChain } from './complete-certificate-chain.ts';
import { completeKeyStoreChain } from './complete-key-store-chain.ts';
import type { Remediation } from './define-remediation.ts';
import { enterByNameInOperationsConsole } from './enter-by-name-in-operations-console.ts';
import { importIntoJavaStore } from './import-into-java-store.ts';
import { importIntoTomcatTrust } from './import-into-tomcat-trust.ts';
import { importIntoWindowsStore } from './import-into-windows-store.ts';
import { presentRsaCertificate } from './present-rsa-certificate.ts';
import { raiseLeastTlsVersion } from './raise-least-tls-version.ts';
import { regenerateSelfSignedCertificate } from './regenerate-self-signed-certificate.ts';
import { removeExpiredTrustEntry } from './remove-expired-trust-entry.ts';
import { renameKeyStoreAlias } from './rename-key-store-alias.ts';
import { replaceCvpCertificate } from './replace-cvp-certificate.ts';
import { replaceIisCertificate } from './replace-iis-certificate.ts';
import { replaceWithCaSignedCertificate } from './replace-with-ca-signed-certificate.ts';
import { restartServicesWithOldCertificate } from './restart-services-with-old-certificate.ts';
import { trustOnClientPcs } from './trust-on-client-pcs.ts';

/**
 * Every remediation, in the order a plan carries them out: what only restarts, identities, chains, trust in them afterwards, and the
 * least TLS version behind them, whose restart of the machine takes up what they changed. What one clears the later ones leave alone: a
 * reply is put to its key before anybody makes another key. Held against the folder by test.
 */
const list = [
  presentRsaCertificate,
  restartServicesWithOldCertificate,
  regenerateSelfSignedCertificate,
  replaceWithCaSignedCertificate,
  renameKeyStoreAlias,
  completeKeyStoreChain,
  replaceCvpCertificate,
  enterByNameInOperationsConsole,
  replaceIisCertificate,
  bindIisCertificate,
  bindDiagnosticPorticoCertificate,
  completeCertificateChain,
  importIntoTomcatTrust,
  importIntoJavaStore,
  importIntoWindowsStore,
  raiseLeastTlsVersion,
  trustOnClientPcs,
  removeExpiredTrustEntry,
] as const;

export const remediations: readonly Remediation[] = list;

export type RemediationId = (typeof list)[number]['id'];
