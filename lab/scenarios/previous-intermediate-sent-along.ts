import { daysFrom, newIntermediate } from '../authority.ts';
import type { Scenario } from '../scenario.ts';

export const previousIntermediateSentAlong: Scenario = {
  id: 'previous-intermediate-sent-along',
  title: 'The previous intermediate is still sent',
  story:
    'The authority changed its issuing CA. The certificate of CCP is from the new one; the old one was never taken out of the file and still goes out behind it.',
  needs: 'signed',
  change: async (lab) => {
    const { root, intermediate } = lab.authority;
    const previous = await newIntermediate(root, {
      commonName: 'Lab Issuing CA G1',
      notBefore: daysFrom(lab.now(), -900),
      notAfter: daysFrom(lab.now(), 900),
    });
    await lab.install('ccp1', { sentWith: [intermediate.certificate, previous.certificate] });
  },
  expects: [{ fault: 'certificate-list-superfluous', on: 'CCP', ports: 'tomcat' }],
};
