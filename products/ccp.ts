import { expressKeyLengths } from './key-lengths.ts';
import type { Product } from './product.ts';
import { cisco } from './sources.ts';

/** Customer Collaboration Platform, SocialMiner by its older name: chat and e-mail for UCCX. */
export const ccp: Product = {
  id: 'ccp',
  title: 'Customer Collaboration Platform (SocialMiner)',
  machineTypes: ['CCP'],
  platform: 'vos',
  listeners: [
    {
      port: 443,
      title: 'Web pages, chat feeds and REST',
      service: 'Cisco Tomcat',
      presents: 'tomcat',
      audiences: ['agents', 'administrators', 'customers'],
      page: '/',
      sources: [cisco.ccpPorts('TCP 443'), cisco.uccxCertificates('Client applications and certificates')],
    },
    {
      port: 5222,
      title: 'Social contact events for UCCX, XMPP',
      service: 'CCP XMPP Server',
      presents: null,
      audiences: ['machines'],
      opening: 'xmpp',
      optional: {
        because: 'only UCCX connects here, and no document says whether it offers TLS or with which certificate',
      },
      sources: [cisco.ccpPorts('TCP 5222'), cisco.ccpPorts('XMPP with STARTTLS on TCP 5222', 'inferred')],
    },
    {
      port: 7443,
      title: 'Eventing for the chat gadget, BOSH',
      service: 'CCP XMPP Server',
      presents: 'tomcat',
      audiences: ['agents'],
      page: '/',
      sources: [cisco.ccpPorts('TCP 7443'), cisco.cceSecurity('Browser certificate acceptance on 7443')],
    },
    {
      port: 10443,
      title: 'Chat Gateway webhook',
      service: 'Cisco Tomcat',
      presents: null,
      audiences: ['customers'],
      releases: { from: '12.5' },
      optional: {
        because:
          'the webhook answers only where a messaging channel is set up; no document says which certificate it presents',
      },
      sources: [cisco.ccpPorts('TCP 10443'), cisco.ccpPorts('The service behind TCP 10443', 'inferred')],
    },
  ],
  ecdsa: {
    releases: [{ from: '11.5', before: '11.6' }, { from: '12.5(1)SU2' }],
    without: { from: '11.6', before: '12.5(1)SU2' },
    sources: [
      cisco.uccxEcdsa('tomcat-ECDSA of release 11.5'),
      cisco.uccxCertificates('tomcat-ECDSA from 11.5, removed in 11.6'),
      cisco.uccxCli('set tls server cert_type; the first release that has it', 'inferred'),
    ],
  },
  rsaKeys: expressKeyLengths,
  stores: [{ identity: 'tomcat', trust: 'tomcat-trust' }],
  afterIdentityChange: {
    services: [
      { service: 'CCP XMPP Server', outage: 'chat events stop' },
      { service: 'Cisco Tomcat', outage: 'chat and e-mail are away' },
    ],
    sources: [cisco.cceSecurity('Restart after certificate changes on Customer Collaboration Platform')],
  },
  afterTrustChange: {
    services: [
      { service: 'CCP XMPP Server', outage: 'chat events stop' },
      { service: 'Cisco Tomcat', outage: 'chat and e-mail are away' },
    ],
    sources: [cisco.cceSecurity('Restart after certificate changes on Customer Collaboration Platform')],
  },
  notes: ['A browser meets its certificate on 443 and again on 7443: both must be trusted before chat opens.'],
  sources: [cisco.ccpPorts('All tables'), cisco.uccxCertificates('Introduction')],
};
