import { asAsked, replyTo } from '../request.ts';
import type { Scenario } from '../scenario.ts';

export const authorityAddedWww: Scenario = {
  id: 'authority-added-www',
  title: 'The authority added a www. name to the reply',
  story:
    'The request of the first UCCX node was sent to an authority that adds the name with www. before it. The reply lies ready for the change window, where OS Administration will refuse it.',
  rows: ['U21'],
  needs: 'signed',
  change: async (lab) => {
    const { pem, names } = await lab.vos('uccx1').newRequest();
    const wider = [...names, `www.${lab.machine('uccx1').fqdn}`];
    lab.leave('tomcat.pem', String(await replyTo(pem, lab.authority, lab.now(), { ...asAsked, names: wider })));
  },
  look: { with: 'check', files: ['tomcat.pem'], on: 'uccx1', unit: 'tomcat', isLive: true },
  expects: [
    { fault: 'request-names-differ', on: 'uccx1', file: 'tomcat.pem' },
    { fault: 'certificate-file-unacceptable', on: 'uccx1', file: 'tomcat.pem' },
  ],
};
