import * as asn1 from '@peculiar/x509';
import type { Scenario } from '../scenario.ts';

export const namesWrittenTwice: Scenario = {
  id: 'names-written-twice',
  title: 'The certificate has subjectAltName twice',
  story:
    'The CA of the department copies the extensions of the request and adds its own: subjectAltName stands in the certificate of CCP twice. Some clients take the first, some the last, and some refuse it.',
  needs: 'signed',
  change: (lab) => {
    const { fqdn } = lab.machine('ccp1');
    const { type, value } = new asn1.SubjectAlternativeNameExtension([{ type: 'dns', value: fqdn }]);
    return lab.install('ccp1', { extra: [{ oid: type, critical: false, value: Buffer.from(value) }] });
  },
  expects: [{ fault: 'malformed-certificate', on: 'CCP', ports: 'tomcat' }],
};
