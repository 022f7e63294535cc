import { X509Certificate } from 'node:crypto';
import type { Scenario } from '../scenario.ts';

export const certificateDamaged: Scenario = {
  id: 'certificate-damaged',
  title: 'The signature of the certificate is damaged',
  story:
    'The certificate of CCP went through a converter that changed one octet of its signature. It reads like the real one, and every client refuses it.',
  needs: 'signed',
  change: async (lab) => {
    const machine = lab.vos('ccp1');
    const der = Buffer.from(machine.identity.certificate.raw);
    der[der.length - 1] = (der.at(-1) ?? 0) ^ 1;
    machine.identity = {
      ...machine.identity,
      certificate: new X509Certificate(der),
      sentWith: [lab.authority.intermediate.certificate],
    };
    await machine.startAll();
  },
  expects: [
    { fault: 'invalid-signature', on: 'CCP', ports: 'tomcat' },
    { fault: 'peer-not-trusted', on: 'UCCX_PUBLISHER', presenter: 'CCP' },
    { fault: 'peer-not-trusted', on: 'UCCX_SUBSCRIBER', presenter: 'CCP' },
  ],
};
