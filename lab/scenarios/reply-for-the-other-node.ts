import { asAsked, replyTo } from '../request.ts';
import type { Scenario } from '../scenario.ts';

export const replyForTheOtherNode: Scenario = {
  id: 'reply-for-the-other-node',
  title: 'The reply lies ready on a node that made no request',
  story:
    'The request was made on the second UCCX node, and its reply was filed for the first one. There no request waits, and no key goes with it.',
  rows: ['L01'],
  needs: 'signed',
  change: async (lab) => {
    const { pem } = await lab.vos('uccx2').newRequest();
    lab.leave('tomcat.pem', String(await replyTo(pem, lab.authority, lab.now(), asAsked)));
  },
  look: { with: 'check', files: ['tomcat.pem'], on: 'uccx1', unit: 'tomcat', isLive: true },
  expects: [
    { fault: 'pending-request-absent', on: 'uccx1', file: 'tomcat.pem' },
    { fault: 'name-mismatch', on: 'uccx1', file: 'tomcat.pem' },
  ],
};
