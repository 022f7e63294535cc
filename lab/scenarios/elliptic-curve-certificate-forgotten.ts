import { newKey } from '../authority.ts';
import type { Scenario } from '../scenario.ts';

export const ellipticCurveCertificateForgotten: Scenario = {
  id: 'elliptic-curve-certificate-forgotten',
  title: 'Live Data with a signed RSA and a self-signed ECDSA certificate',
  story:
    'On release 11.5 tomcat was signed by the authority of the organisation and tomcat-ECDSA was forgotten. Live Data on 12015 has both; browsers get the one that nobody signed.',
  rows: ['U09', 'U18', 'U23'],
  needs: 'signed',
  change: async (lab) => {
    await lab.setRelease('11.5(1)');
    const machine = lab.vos('uccx1');
    const forgotten = await lab.issueFor(machine, { issuer: 'self', key: await newKey({ ec: 'P-256' }) });
    machine.units.get('tomcat-ECDSA')?.hold(forgotten);
    machine.settings = { ...machine.settings, certificateType: 'both' };
    await machine.load(['Cisco Unified CCX Socket.IO Service']);
  },
  expects: [
    { fault: 'dual-certificates-differ', on: 'UCCX_PUBLISHER', ports: [12015] },
    { fault: 'self-signed-certificate', on: 'UCCX_PUBLISHER', ports: [12015] },
  ],
  refusedAt: [{ on: 'UCCX_PUBLISHER', port: 12015 }],
};
