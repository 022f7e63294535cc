import type { Scenario } from '../scenario.ts';

export const scriptTargetNotTrusted: Scenario = {
  id: 'script-target-not-trusted',
  title: 'A script calls a server that UCCX does not trust',
  story:
    'A script was extended by a call to the customer records over https. Every PC trusts the public authority of that server; nobody put it into tomcat-trust of the two nodes: the step fails, and callers hear the error branch.',
  rows: ['U15'],
  needs: 'any',
  change: async (lab) => {
    const root = await lab.scriptTarget.open();
    for (const client of lab.clients) client.anchors = [...client.anchors, root];
  },
  expects: [
    { fault: 'peer-not-trusted', on: 'UCCX_PUBLISHER', presenter: 'crm1' },
    { fault: 'peer-not-trusted', on: 'UCCX_SUBSCRIBER', presenter: 'crm1' },
  ],
};
