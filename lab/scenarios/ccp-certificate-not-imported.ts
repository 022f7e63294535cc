import type { Scenario } from '../scenario.ts';

export const ccpCertificateNotImported: Scenario = {
  id: 'ccp-certificate-not-imported',
  title: 'The first UCCX node was not given CCP’s new certificate',
  story:
    'CCP regenerated its certificate. The agents accepted it and the second UCCX node was given it; the first one still holds the previous one, and chat does not reach agents there.',
  rows: ['U10', 'U13', 'U16'],
  needs: 'self-signed',
  change: async (lab) => {
    const ccp = lab.vos('ccp1');
    const previous = ccp.identity.certificate;
    await ccp.regenerate();
    await ccp.startAll();
    for (const client of lab.clients) client.forget(previous);
    lab.makeKnown(ccp, ccp.identity.certificate);
    lab.vos('uccx1').trust.put(previous);
  },
  expects: [
    { fault: 'peer-certificate-outdated-in-store', on: 'UCCX_PUBLISHER', store: 'tomcat-trust', presenter: 'ccp1' },
  ],
  noticedOn: ['Chat'],
};
