import { cisco } from '#products/sources.ts';
import { extensionTitle } from '#x509/oids.ts';
import { absent, defineFault, notApplicable, present } from '../define-fault.ts';

const keyUsage = '2.5.29.15';
const basicConstraints = '2.5.29.19';

export const unsupportedCriticalExtension = defineFault({
  id: 'unsupported-critical-extension',
  category: 'extension',
  title: 'CUCM presents a critical extension that UCCX does not accept',
  titleAbsent: 'CUCM marks only extensions as critical that UCCX accepts',
  symptom:
    'Agents see "Invalid User ID/Password" at the Finesse sign-in although the password is right; the log has an SSLHandshakeException.',
  cause:
    'UCCX accepts keyUsage and basicConstraints as critical and no other (CSCvd56174); the authority marked another one, often extKeyUsage.',
  advice:
    'Have the Tomcat certificate of CUCM issued again with no other critical extension, upload it and restart Cisco Tomcat there.',
  severity: 'critical',
  appliesTo: [{ product: 'cucm' }],
  sources: [cisco.uccxCertificates('Invalid User ID/Password, CSCvd56174')],
  judges: 'presented',
  detect({ presented: { endEntity }, deployment }) {
    if (deployment !== null && deployment !== 'UCCX')
      return notApplicable(`the rule is UCCX's, and the deployment is ${deployment}`);
    const critical = endEntity.extensions.filter((extension) => extension.critical).map(({ oid }) => oid);
    const others = critical.filter((oid) => oid !== keyUsage && oid !== basicConstraints);
    const evidence = { 'critical extensions': critical.map(extensionTitle).join(', ') || 'none' };
    if (others.length > 0) {
      return present(
        'critical',
        `${others.map(extensionTitle).join(', ')} is marked critical`,
        evidence,
        endEntity.sha256,
      );
    }
    if (critical.length > 0) return absent;
    // The guide says "one of these must be critical", which reads as "only these may be": worth knowing, no fault seen from it.
    return present('notice', 'neither keyUsage nor basicConstraints is marked critical', evidence, endEntity.sha256);
  },
});
