import type { Remediation } from './define-remediation.ts';
import { importIntoTomcatTrust } from './import-into-tomcat-trust.ts';
import { restartServicesWithOldCertificate } from './restart-services-with-old-certificate.ts';
import { regenerateSelfSignedCertificate } from './regenerate-self-signed-certificate.ts';

/** Every remediation, in the order a plan carries them out: identities first, trust in them afterwards. Held against the folder by test. */
const list = [regenerateSelfSignedCertificate, restartServicesWithOldCertificate, importIntoTomcatTrust] as const;

export const remediations: readonly Remediation[] = list;

export type RemediationId = (typeof list)[number]['id'];
