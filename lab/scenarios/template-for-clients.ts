import { clientAuthentication } from '../authority.ts';
import type { Scenario } from '../scenario.ts';

export const templateForClients: Scenario = {
  id: 'template-for-clients',
  title: 'The certificate is for clients only',
  story:
    'The request of the second UCCX node was signed with the template for users: client authentication, no server authentication.',
  rows: ['C02'],
  needs: 'signed',
  change: (lab) => lab.install('uccx2', { extendedKeyUsage: { usages: [clientAuthentication], critical: false } }),
  expects: [{ fault: 'server-authentication-missing', on: 'UCCX_SUBSCRIBER', ports: 'tomcat' }],
  refusedAt: [{ on: 'UCCX_SUBSCRIBER', port: 8445 }],
};
