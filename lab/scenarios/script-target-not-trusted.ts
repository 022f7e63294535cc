import type { Scenario } from '../scenario.ts';

export const scriptTargetNotTrusted: Scenario = {
  id: 'script-target-not-trusted',
  title: 'A script calls a server that UCCX does not trust',
  story:
    'A script was extended by a call to the customer records over https. Nobody put the authority of that server into tomcat-trust of the two nodes: the step fails, and callers hear the error branch.',
  rows: ['U15'],
  needs: 'any',
  change: async (lab) => {
    await lab.scriptTarget.open();
  },
  expects: [
    { fault: 'peer-not-trusted', on: 'UCCX_PUBLISHER', presenter: 'crm1' },
    { fault: 'peer-not-trusted', on: 'UCCX_SUBSCRIBER', presenter: 'crm1' },
  ],
};
