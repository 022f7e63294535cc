import { asAsked, replyTo } from '../request.ts';
import type { Scenario } from '../scenario.ts';

export const replyToReplacedRequest: Scenario = {
  id: 'reply-to-replaced-request',
  title: 'A second request replaced the one that the reply answers',
  story:
    'While the authority took its time, a colleague made another request on the first UCCX node to have a look at it. The reply to the first one has come, and its key is gone.',
  rows: ['L01'],
  needs: 'signed',
  change: async (lab) => {
    const machine = lab.vos('uccx1');
    const { pem } = await machine.newRequest();
    lab.leave('tomcat.pem', String(await replyTo(pem, lab.authority, lab.now(), asAsked)));
    await machine.newRequest();
  },
  look: { with: 'check', files: ['tomcat.pem'], on: 'uccx1', unit: 'tomcat', isLive: true },
  expects: [
    { fault: 'request-key-differs', on: 'uccx1', file: 'tomcat.pem' },
    { fault: 'certificate-file-unacceptable', on: 'uccx1', file: 'tomcat.pem' },
  ],
};
