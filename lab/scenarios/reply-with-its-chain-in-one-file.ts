import { asAsked, replyTo } from '../request.ts';
import type { Scenario } from '../scenario.ts';

export const replyWithItsChainInOneFile: Scenario = {
  id: 'reply-with-its-chain-in-one-file',
  title: 'The reply came in one file with its chain',
  story:
    'The authority sends one PEM file: the certificate, its intermediate and the root. Web servers want it so; OS Administration takes one certificate at a time.',
  needs: 'signed',
  change: async (lab) => {
    const { pem } = await lab.vos('uccx1').newRequest();
    const reply = await replyTo(pem, lab.authority, lab.now(), asAsked);
    const { intermediate, root } = lab.authority;
    lab.leave('bundle.pem', [reply, intermediate.certificate, root.certificate].join(''));
  },
  look: { with: 'check', files: ['bundle.pem'], on: 'uccx1', unit: 'tomcat', isLive: true },
  expects: [{ fault: 'certificate-file-unacceptable', on: 'uccx1', file: 'bundle.pem' }],
};
