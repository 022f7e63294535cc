import { AsnConvert } from '@peculiar/asn1-schema';
import { CertificatePolicies, PolicyInformation } from '@peculiar/asn1-x509';
import { daysFrom } from '../authority.ts';
import type { Scenario } from '../scenario.ts';

export const publicCertificateOfTwoYears: Scenario = {
  id: 'public-certificate-of-two-years',
  title: 'A certificate with a public policy that is valid for two years',
  story:
    'CCP has a certificate that asserts the domain-validated policy of the CA/Browser Forum, is valid for two years, and is still meant for clients too.',
  needs: 'signed',
  change: (lab) => {
    const policy = new PolicyInformation({ policyIdentifier: '2.23.140.1.2.1' });
    const value = Buffer.from(AsnConvert.serialize(new CertificatePolicies([policy])));
    return lab.install('ccp1', {
      notBefore: daysFrom(lab.now(), -30),
      notAfter: daysFrom(lab.now(), 700),
      extra: [{ oid: '2.5.29.32', critical: false, value }],
    });
  },
  expects: [
    { fault: 'validity-period-excessive', on: 'CCP', ports: 'tomcat' },
    { fault: 'client-authentication-sunset', on: 'CCP', ports: 'tomcat' },
  ],
};
