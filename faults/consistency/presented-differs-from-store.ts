import { cisco } from '#products/sources.ts';
import { certificateTitle } from '#x509/certificate.ts';
import { absent, defineFault, present } from '../define-fault.ts';
import { differenceOf } from '../stored-identity.ts';
import { instant } from '../words.ts';

export const presentedDiffersFromStore = defineFault({
  id: 'presented-differs-from-store',
  category: 'consistency',
  title: 'A port presents another certificate than the store of its machine holds',
  titleAbsent: 'Every port presents the certificate that the store of its machine holds',
  symptom: 'What was uploaded shows nowhere; after the next restart the port presents something else than today.',
  cause:
    'An older store was brought back, the certificate went to another machine or unit, or something between answers in place of the machine.',
  advice:
    'Ask what answers at the address (a proxy, a load balancer, another machine); then put the certificate that is meant into the store and restart the service.',
  severity: 'major',
  sources: [
    cisco.uccxCertificates('Restart after the upload'),
    cisco.cucmReplication('Services read the file system of their own node'),
    cisco.uccxCli('That a port shows another certificate than show cert own has these causes', 'inferred'),
  ],
  judges: 'stored-identity',
  detect(evidence) {
    const difference = differenceOf(evidence);
    if (difference.is !== 'other') return difference.verdict ?? absent;
    const { endpoint, presented, unit } = evidence;
    const { stored } = difference;
    return present(
      'major',
      `${endpoint.title} presents another certificate than ${unit} of ${endpoint.machine.id} holds`,
      {
        presented: `${certificateTitle(presented.endEntity)}, SHA-256 ${presented.endEntity.sha256.slice(0, 16)}, notBefore ${instant(presented.endEntity.notBefore)}`,
        'in the store': `${certificateTitle(stored)}, SHA-256 ${stored.sha256.slice(0, 16)}, notBefore ${instant(stored.notBefore)}`,
      },
      presented.endEntity.sha256,
    );
  },
});
