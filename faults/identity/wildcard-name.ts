import { rfc } from '#model/rfc.ts';
import { cisco } from '#products/sources.ts';
import { absent, defineFault, present } from '../define-fault.ts';

export const wildcardName = defineFault({
  id: 'wildcard-name',
  category: 'identity',
  title: 'The certificate has a wildcard where the product supports none',
  titleAbsent: 'The certificate names its hosts one by one',
  symptom: 'Browsers may open the page; Cisco supports neither the upload nor what depends on it.',
  cause: "The organisation's wildcard certificate was used for all servers.",
  advice: 'Make a request on the machine that names the host itself, have it signed, upload it and restart.',
  severity: 'major',
  appliesTo: [{ product: 'uccx' }, { product: 'cucm' }, { product: 'finesse' }, { product: 'cuic' }],
  sources: [
    cisco.finesseGettingStarted('Obtain and Upload CA Certificate: wildcard certificates'),
    cisco.cucmCaSigned('Wildcard certificates'),
    cisco.cuicCertificates('Wildcard certificates'),
    rfc(9525, '6.3'),
  ],
  judges: 'presented',
  detect({ presented: { endEntity } }) {
    const names = [...(endEntity.subjectAltName?.dns ?? []), ...endEntity.commonNames];
    const wildcard = names.find((name) => name.startsWith('*.'));
    if (wildcard === undefined) return absent;
    return present(
      'major',
      `the certificate is for ${wildcard}`,
      {
        subjectAltName: endEntity.subjectAltName?.dns.join(', ') ?? 'none',
        'common name': endEntity.commonNames.join(', '),
      },
      endEntity.sha256,
    );
  },
});
