import { daysFrom, newIntermediate } from '../authority.ts';
import type { Scenario } from '../scenario.ts';

export const authorityBelowLastAuthority: Scenario = {
  id: 'authority-below-last-authority',
  title: 'An authority below one that allows none',
  story:
    'The issuing CA may issue to servers only: its path length is 0. A department had another CA set up below it, and CCP has a certificate from that one.',
  needs: 'signed',
  change: async (lab) => {
    const { intermediate } = lab.authority;
    const department = await newIntermediate(intermediate, {
      commonName: 'Lab Department CA',
      notBefore: daysFrom(lab.now(), -100),
      notAfter: daysFrom(lab.now(), 900),
    });
    await lab.install('ccp1', {
      issuer: department,
      sentWith: [department.certificate, intermediate.certificate],
    });
  },
  expects: [{ fault: 'path-length-exceeded', on: 'CCP', ports: 'tomcat' }],
};
