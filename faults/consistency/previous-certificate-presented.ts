import { cisco } from '#products/sources.ts';
import { certificateTitle } from '#x509/certificate.ts';
import { absent, defineFault, present } from '../define-fault.ts';
import { differenceOf } from '../stored-identity.ts';
import { instant } from '../words.ts';

export const previousCertificatePresented = defineFault({
  id: 'previous-certificate-presented',
  category: 'consistency',
  title: 'A port presents the certificate from before the last change',
  titleAbsent: 'No port presents a certificate from before the last change',
  symptom: 'The certificate was renewed and the upload succeeded, yet everybody still meets the old one.',
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
    return present(
      'major',
      `${endpoint.title} presents a certificate that ${unit} of ${endpoint.machine.id} no longer holds`,
      {
        presented: `${certificateTitle(presented.endEntity)}, notBefore ${instant(presented.endEntity.notBefore)}`,
        'in the store': `${certificateTitle(stored)}, notBefore ${instant(stored.notBefore)}`,
        'restart for it': endpoint.listener?.service ?? 'unknown service',
      },
      presented.endEntity.sha256,
    );
  },
});
