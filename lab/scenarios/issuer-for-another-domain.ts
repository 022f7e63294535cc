import { AsnConvert } from '@peculiar/asn1-schema';
import { GeneralName, GeneralSubtree, GeneralSubtrees, NameConstraints } from '@peculiar/asn1-x509';
import { daysFrom, newIntermediate } from '../authority.ts';
import type { Scenario } from '../scenario.ts';

export const issuerForAnotherDomain: Scenario = {
  id: 'issuer-for-another-domain',
  title: 'An authority that may issue for another domain only',
  story:
    'The company bought another one, whose issuing CA is bound to its own domain by name constraints. CCP has a certificate from it: every signature is right, and no client accepts it.',
  needs: 'signed',
  change: async (lab) => {
    const base = new GeneralName({ dNSName: 'bought.example' });
    const permittedSubtrees = new GeneralSubtrees([new GeneralSubtree({ base })]);
    const value = Buffer.from(AsnConvert.serialize(new NameConstraints({ permittedSubtrees })));
    const issuer = await newIntermediate(lab.authority.root, {
      commonName: 'Bought Company CA',
      notBefore: daysFrom(lab.now(), -100),
      notAfter: daysFrom(lab.now(), 900),
      extra: [{ oid: '2.5.29.30', critical: true, value }],
    });
    await lab.install('ccp1', { issuer, sentWith: [issuer.certificate] });
  },
  expects: [{ fault: 'name-constraints-violated', on: 'CCP', ports: 'tomcat' }],
};
