import { expressKeyLengths } from './key-lengths.ts';
import type { Product } from './product.ts';
import { cisco } from './sources.ts';

const webServer = { presents: 'tomcat' } as const;

/** Cisco Unified Contact Center Express: one VOS machine with the Engine and co-resident Finesse, CUIC, Live Data and IdS. */
export const uccx: Product = {
  id: 'uccx',
  title: 'Cisco Unified Contact Center Express',
  machineTypes: ['UCCX_PUBLISHER', 'UCCX_SUBSCRIBER'],
  platform: 'vos',
  listeners: [
    {
      ...webServer,
      port: 443,
      title: 'Unified CCX Administration',
      service: 'Cisco Tomcat',
      audiences: ['administrators', 'agents', 'supervisors'],
      page: '/appadmin/main',
      sources: [cisco.uccxPorts('TCP 443'), cisco.uccxCertificates('Client applications and certificates')],
    },
    {
      ...webServer,
      port: 8443,
      title: 'Platform administration',
      service: 'Cisco Tomcat',
      audiences: ['administrators'],
      page: '/cmplatform',
      sources: [cisco.uccxPorts('TCP 8443')],
    },
    {
      ...webServer,
      port: 8444,
      title: 'Unified Intelligence Center and Live Data gadgets',
      service: 'Cisco Unified Intelligence Center Reporting Service',
      audiences: ['agents', 'supervisors', 'report users'],
      page: '/cuicui/Main.jsp',
      sources: [cisco.uccxPorts('TCP 8444'), cisco.uccxCertificates('Client applications and certificates')],
    },
    {
      ...webServer,
      port: 8445,
      title: 'Finesse desktop',
      service: 'Cisco Web Proxy Service',
      audiences: ['agents', 'supervisors', 'Finesse administrators'],
      page: '/desktop',
      sources: [cisco.uccxPorts('TCP 8445'), cisco.finesseSecurity('Web proxy')],
    },
    {
      ...webServer,
      port: 8447,
      title: 'Unified Intelligence Center online help',
      service: 'Cisco Unified Intelligence Center Reporting Service',
      audiences: ['report users'],
      sources: [cisco.uccxPorts('TCP 8447')],
    },
    {
      ...webServer,
      port: 7443,
      title: 'Notification Service, BOSH',
      service: 'Cisco Unified CCX Notification Service',
      audiences: ['agents', 'supervisors', 'report users'],
      page: '/',
      optional: { from: '12.5', because: 'BOSH is off by default from 12.5(1): the desktop uses WebSocket on 8445' },
      sources: [cisco.uccxPorts('TCP 7443'), cisco.uccxCertificates('Client applications and certificates')],
    },
    {
      ...webServer,
      port: 5223,
      title: 'Notification Service, XMPP over TLS',
      service: 'Cisco Unified CCX Notification Service',
      audiences: ['machines'],
      sources: [cisco.uccxPorts('TCP 5223'), cisco.uccxCli('Notification Service, direct TLS', 'inferred')],
    },
    {
      ...webServer,
      port: 8553,
      title: 'Cisco Identity Service',
      service: 'Cisco Identity Service',
      audiences: ['agents', 'supervisors', 'administrators'],
      page: '/idsadmin',
      releases: { from: '11.5' },
      sources: [cisco.uccxPorts('TCP 8553')],
    },
    {
      ...webServer,
      port: 9443,
      title: 'Engine: HTTPS triggers and Live Data sign-in',
      service: 'Cisco Unified CCX Engine',
      audiences: ['machines'],
      sources: [cisco.uccxPorts('TCP 9443'), cisco.uccxSecurity('Engine Tomcat presents tomcat', 'inferred')],
    },
    {
      ...webServer,
      port: 12015,
      title: 'Live Data, Socket.IO',
      service: 'Cisco Unified CCX Socket.IO Service',
      audiences: ['agents', 'supervisors', 'report users'],
      page: '/',
      sources: [cisco.uccxPorts('TCP 12015'), cisco.uccxCertificates('Client applications and certificates')],
    },
    {
      port: 9089,
      title: 'Database, secured',
      service: 'A Cisco DB',
      presents: null,
      audiences: ['machines'],
      optional: {
        because:
          'the secured database port answers only where it was set up; no document says which certificate it presents',
      },
      sources: [
        cisco.uccxPorts('TCP 9089'),
        cisco.uccxCli('utils uccx informix_ssl cert'),
        cisco.uccxCli('Name of the database service', 'inferred'),
      ],
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
      { service: 'Cisco Tomcat', outage: 'administration pages are away' },
      {
        service: 'Cisco Unified Intelligence Center Reporting Service',
        outage: 'reports and Live Data gadgets are away',
      },
      { service: 'Cisco Unified CCX Notification Service', outage: 'desktops lose their events and reconnect' },
      { service: 'Cisco Identity Service', outage: 'single sign-on is away' },
      { service: 'Cisco Unified CCX Socket.IO Service', outage: 'Live Data stands still' },
      { service: 'Cisco Unified CCX Engine', outage: 'calls in scripts on this node drop; the other node takes over' },
      { service: 'Cisco Web Proxy Service', outage: 'agents on this node lose their desktop and sign in again' },
    ],
    sources: [
      cisco.uccxFinesse('Obtain and upload a CA certificate: restart both nodes'),
      cisco.uccxCli('Services; which of them presents the certificate', 'inferred'),
    ],
  },
  afterTrustChange: {
    services: [
      { service: 'Cisco Tomcat', outage: 'administration pages are away' },
      { service: 'Cisco Finesse Tomcat', outage: 'agents on this node sign in again' },
      { service: 'Cisco Unified CCX Engine', outage: 'calls in scripts on this node drop; the other node takes over' },
    ],
    sources: [
      cisco.uccxFinesse('Add certificate for HTTPS gadget'),
      cisco.uccxCertificates('Third-party servers of UCCX scripts: restart the Engine'),
    ],
  },
  notes: [
    'A self-signed tomcat certificate is CA:TRUE with path length 0 and names the machine in CN and subjectAltName: that is as installed, not a fault.',
    'Cisco says to reboot both nodes after the identity certificate changed; restarting every service that presents it has the same effect on the ports (inferred).',
  ],
  sources: [cisco.uccxCertificates('Introduction'), cisco.uccxPorts('All tables')],
};
