import { serverAuthentication } from '../authority.ts';
import type { Scenario } from '../scenario.ts';

export const templateForWebServers: Scenario = {
  id: 'template-for-web-servers',
  title: 'The certificate is for servers only',
  story:
    'The request of CCP was signed with the plain Web Server template: server authentication, no client authentication.',
  rows: ['C02'],
  needs: 'signed',
  change: (lab) => lab.install('ccp1', { extendedKeyUsage: { usages: [serverAuthentication], critical: false } }),
  expects: [{ fault: 'client-authentication-missing', on: 'CCP', ports: 'tomcat' }],
};
