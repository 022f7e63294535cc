import { rfc } from '#model/rfc.ts';
import { cisco } from '#products/sources.ts';
import { isWrittenAsAddress } from '#x509/identity.ts';
import { absent, defineFault, present } from '../define-fault.ts';

export const addressUsedAsName = defineFault({
  id: 'address-used-as-name',
  category: 'identity',
  title: 'The certificate has an IP address where a name belongs',
  titleAbsent: 'The certificate has names where names belong',
  symptom: 'Reached by that address, clients refuse the certificate all the same: they look for an iPAddress.',
  cause:
    'The address was written into the field for names of the request, or the machine was installed without a domain.',
  advice: 'Make a new request with the FQDN as common name and dNSName, and reach the machine by it.',
  severity: 'minor',
  sources: [rfc(9525, '6.2'), rfc(5280, '4.2.1.6'), cisco.uccxCertificates('DNS and domain')],
  judges: 'presented',
  detect({ presented: { endEntity } }) {
    const { subjectAltName, commonNames } = endEntity;
    const evidence = {
      'common name': commonNames.join(', '),
      dNSName: subjectAltName?.dns.join(', ') ?? 'no subjectAltName',
      iPAddress: subjectAltName?.ip.join(', ') ?? 'no subjectAltName',
    };
    const written = subjectAltName?.dns.find(isWrittenAsAddress);
    if (written !== undefined)
      return present('minor', `the address ${written} stands in a dNSName`, evidence, endEntity.sha256);
    const named = commonNames.find(isWrittenAsAddress);
    if (named === undefined) return absent;
    return present('notice', `the common name is the address ${named}`, evidence, endEntity.sha256);
  },
});
