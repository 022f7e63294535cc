import { newRoot } from '../authority.ts';
import type { Scenario } from '../scenario.ts';

export const certificateFromUnknownAuthority: Scenario = {
  id: 'certificate-from-unknown-authority',
  title: 'A certificate comes from a CA that the PCs do not know',
  story:
    'The second UCCX node was signed by the CA of the test laboratory. The other machines were given its root; the agents’ PCs were not.',
  rows: ['U17'],
  needs: 'signed',
  change: async (lab) => {
    const issuer = await newRoot(lab.now(), 'Other Root CA');
    const machine = lab.machine('uccx2');
    for (const holder of [machine, ...lab.relyingPartiesOf(machine)])
      holder.hold('tomcat-trust', issuer.certificate, 'other');
    await lab.install('uccx2', { issuer });
  },
  expects: [{ fault: 'untrusted-issuer', on: 'UCCX_SUBSCRIBER', ports: 'people' }],
  refusedAt: [{ on: 'UCCX_SUBSCRIBER', port: 8445 }],
};
