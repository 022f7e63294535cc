import { serverAuthentication } from '../authority.ts';
import { replyTo } from '../request.ts';
import type { Scenario } from '../scenario.ts';

export const replyFromWebServerTemplate: Scenario = {
  id: 'reply-from-web-server-template',
  title: 'The reply was issued from the template of web servers',
  story:
    'The request of the first UCCX node asked for server and client authentication. The operator of the authority took the template Web Server, which has the first alone. The upload will say nothing.',
  rows: ['C02'],
  needs: 'signed',
  change: async (lab) => {
    const { pem } = await lab.vos('uccx1').newRequest();
    const extendedKeyUsage = { usages: [serverAuthentication], critical: false };
    lab.leave('tomcat.pem', String(await replyTo(pem, lab.authority, lab.now(), { extendedKeyUsage })));
  },
  look: { with: 'check', files: ['tomcat.pem'], on: 'uccx1', unit: 'tomcat', isLive: true },
  expects: [
    { fault: 'request-key-usages-differ', on: 'uccx1', file: 'tomcat.pem' },
    { fault: 'client-authentication-missing', on: 'uccx1', file: 'tomcat.pem' },
  ],
};
