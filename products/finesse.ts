import type { Product } from './product.ts';
import { cisco } from './sources.ts';
import { optionalEcdsa, platformAdministration, platformRestart, tomcatStores, webServer } from './vos-platform.ts';

/** Cisco Finesse as a server of its own, beside Unified CCE: agent and supervisor desktops. */
export const finesse: Product = {
  id: 'finesse',
  title: 'Cisco Finesse',
  machineTypes: ['FINESSE_PRIMARY', 'FINESSE_SECONDARY'],
  platform: 'vos',
  listeners: [
    {
      ...webServer,
      port: 443,
      title: 'Finesse desktop and administration console',
      service: 'Cisco Web Proxy Service',
      audiences: ['agents', 'supervisors', 'Finesse administrators'],
      page: '/desktop',
      optional: { before: '11.6', because: 'no port guide before 11.6(1) that was read lists it' },
      sources: [
        cisco.finessePorts('Finesse Port Utilization: TCP 443, 8445'),
        cisco.finessePorts116('Finesse Port Utilization: TCP 443, 8445'),
        cisco.ccePorts('Finesse: TCP 443, 8445'),
        cisco.finessePorts116('The service behind it before 12.5(1)', 'inferred'),
      ],
    },
    {
      ...webServer,
      port: 8445,
      title: 'Finesse desktop and administration console',
      service: 'Cisco Web Proxy Service',
      audiences: ['agents', 'supervisors', 'Finesse administrators'],
      page: '/desktop',
      sources: [
        cisco.finessePorts('Finesse Port Utilization: TCP 443, 8445'),
        cisco.ccePorts('Finesse: TCP 443, 8445'),
        cisco.finesseSecurity('Web proxy'),
        cisco.finessePorts116('The service behind it before 12.5(1)', 'inferred'),
      ],
    },
    platformAdministration,
    {
      ...webServer,
      port: 7443,
      title: 'Notification Service, BOSH',
      service: 'Cisco Finesse Notification Service',
      audiences: ['agents', 'supervisors'],
      page: '/',
      optional: { from: '12.5', because: 'BOSH is off by default from 12.5(1): the desktop uses WebSocket on 8445' },
      sources: [cisco.ccePorts('Finesse: TCP 7443'), cisco.finesseSecurity('Notification Service ports')],
    },
    {
      ...webServer,
      port: 5223,
      title: 'Notification Service, XMPP over TLS',
      service: 'Cisco Finesse Notification Service',
      audiences: ['machines'],
      sources: [cisco.ccePorts('Finesse: TCP 5223'), cisco.uccxCli('Notification Service, direct TLS', 'inferred')],
    },
  ],
  ecdsa: {
    ...optionalEcdsa,
    without: { from: '11.6', before: '12.6(1)' },
    sources: [
      ...optionalEcdsa.sources,
      cisco.uccxCertificates('tomcat-ECDSA removed in 11.6, from Finesse too'),
      cisco.uccxCertificates('That Finesse beside Unified CCE is meant', 'inferred'),
    ],
  },
  mutualTls: [
    {
      identity: 'tomcat',
      to: 'the CTI Server of the PG',
      isSecured: 'where set up',
      sources: [
        cisco.finesseCti('Exchange of certificates of both sides'),
        cisco.cceSecurity('Finesse and CTI Server: mutual TLS'),
      ],
    },
  ],
  stores: tomcatStores,
  afterIdentityChange: {
    services: [
      { service: 'Cisco Finesse Notification Service', outage: 'desktops lose their events and reconnect' },
      { service: 'Cisco Finesse Tomcat', outage: 'agents on this node sign in again' },
      platformRestart,
      { service: 'Cisco Web Proxy Service', outage: 'agents on this node lose their desktop and sign in again' },
    ],
    sources: [
      cisco.finesseGettingStarted(
        'Obtain and Upload CA Certificate: restart of Notification Service and Tomcat, primary first',
      ),
      cisco.uccxCli('Cisco Tomcat and the web proxy, which present the certificate too', 'inferred'),
    ],
    otherwise: {
      what: 'utils system restart, the primary and then the secondary',
      sources: [cisco.finesseLiveData('Restart of the servers')],
    },
  },
  afterTrustChange: {
    services: [{ service: 'Cisco Finesse Tomcat', outage: 'agents on this node sign in again' }],
    sources: [cisco.cceInstall('Certificates of Live Data and CUIC in Finesse: restart Cisco Finesse Tomcat')],
    otherwise: {
      what: 'utils system restart on every Finesse node',
      sources: [cisco.finesseLiveData('Restart of the servers'), cisco.finesseIds('Restart of the servers')],
    },
  },
  notes: [
    'A change of tomcat-trust interrupts the Notification Service for a moment: do it in a maintenance window.',
    'From 12.5 Finesse checks the certificates of all that it connects to: CUIC, Live Data, IdS, CUCM, the CTI Server, its other node.',
    'Root and intermediates uploaded on the primary reach the secondary, the certificate of the server does not: look at both.',
  ],
  sources: [
    cisco.ccePorts('Finesse: all tables'),
    cisco.finesseSecurity('Certificates of peers are checked'),
    cisco.finesseGettingStarted('Obtain and Upload CA Certificate: what replicates'),
  ],
};
