import { daysFrom } from '../authority.ts';
import type { Scenario } from '../scenario.ts';

export const cucmRenewedChatForgotten: Scenario = {
  id: 'cucm-renewed-chat-forgotten',
  title: 'CUCM was renewed by another team, and CCP was not restarted after its own renewal',
  story:
    'In one weekend the telephony team renewed CUCM and told nobody, and CCP was renewed with only one of its services restarted. On Monday nobody signs in, and chat fails for some.',
  rows: ['U13'],
  needs: 'self-signed',
  change: async (lab) => {
    const cucm = lab.vos('cucm1');
    await cucm.regenerate();
    for (const client of lab.clients) client.accept(cucm.identity.certificate);
    await cucm.startAll();
    const ccp = lab.vos('ccp1');
    ccp.identity = await lab.issueFor(ccp, { notBefore: daysFrom(lab.now(), -1) });
    lab.makeKnown(ccp, ccp.identity.certificate);
    await ccp.load(['Cisco Tomcat']);
  },
  expects: [
    { fault: 'ports-present-different-certificates', on: 'CCP' },
    { fault: 'peer-certificate-outdated-in-store', on: 'UCCX_PUBLISHER', presenter: 'cucm1' },
    { fault: 'peer-certificate-outdated-in-store', on: 'UCCX_SUBSCRIBER', presenter: 'cucm1' },
  ],
};
