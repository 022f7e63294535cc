import { daysFrom } from '../authority.ts';
import type { Scenario } from '../scenario.ts';

export const revokedAndStillPresented: Scenario = {
  id: 'revoked-and-still-presented',
  title: 'CCP presents a certificate that was revoked',
  story:
    'A new certificate was issued for CCP and the authority revoked the one before it, as its rules demand. The new one was never uploaded.',
  needs: 'signed',
  change: async (lab) => {
    await lab.install('ccp1', { extra: [lab.revocations.extension] });
    lab.revocations.revoke(lab.vos('ccp1').identity.certificate, daysFrom(lab.now(), -2));
  },
  look: { with: 'scan --revocation' },
  expects: [{ fault: 'certificate-revoked', on: 'CCP', ports: 'tomcat' }],
};
