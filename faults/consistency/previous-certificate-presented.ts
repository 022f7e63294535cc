import { cisco } from '#products/sources.ts';
import { certificateTitle, isSelfSigned } from '#x509/certificate.ts';
import { absent, advised, defineFault, present } from '../define-fault.ts';
import { differenceOf } from '../stored-identity.ts';
import { instant } from '../words.ts';

export const previousCertificatePresented = defineFault({
  id: 'previous-certificate-presented',
  category: 'consistency',
  title: 'A port presents the certificate from before the last change',
  titleAbsent: 'No port presents a certificate from before the last change',
  symptom: 'The certificate was renewed, or made anew by mistake, yet everybody still meets the old one.',
  cause: 'The service was not restarted after its certificate changed: it keeps the previous one in memory.',
  advice: 'Restart the service of the port, or the machine; then look at the port again.',
  severity: 'major',
  sources: [
    cisco.uccxCertificates('Restart after the upload'),
    cisco.cvpSecurity('Restart after the import, by alias'),
    cisco.uccxCli('Services; which of them presents the certificate', 'inferred'),
  ],
  judges: 'stored-identity',
  detect(evidence) {
    const difference = differenceOf(evidence);
    if (difference.is !== 'previous') return difference.verdict ?? absent;
    const { endpoint, presented, unit } = evidence;
    const { stored } = difference;
    const verdict = present(
      'major',
      `${endpoint.title} presents a certificate that ${unit} of ${endpoint.machine.id} no longer holds`,
      {
        presented: `${certificateTitle(presented.endEntity)}, notBefore ${instant(presented.endEntity.notBefore)}`,
        'in the store': `${certificateTitle(stored)}, notBefore ${instant(stored.notBefore)}`,
        'restart for it': endpoint.listener?.service ?? 'unknown service',
      },
      presented.endEntity.sha256,
    );
    const { machine } = endpoint;
    return machine.certificates === 'ca-signed' && isSelfSigned(stored)
      ? advised(
          `Do not restart ${machine.id} now: its store holds a self-signed certificate in place of the signed one, and nobody trusts that. Have a new one signed first (uccert plan); its restart takes that up.`,
          verdict,
        )
      : verdict;
  },
});
