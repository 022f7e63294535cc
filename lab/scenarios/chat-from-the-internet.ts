import type { Scenario } from '../scenario.ts';

export const chatFromTheInternet: Scenario = {
  id: 'chat-from-the-internet',
  title: "Customers meet a certificate of the company's own authority",
  story:
    'The chat was opened to the internet. CCP kept the certificate that the company signed itself: every PC of the company trusts it, and no customer does.',
  rows: ['U04'],
  needs: 'signed',
  change: (lab) => {
    lab.machine('ccp1').isExternal = true;
    return Promise.resolve();
  },
  expects: [{ fault: 'public-issuer-required', on: 'CCP', ports: [443] }],
};
