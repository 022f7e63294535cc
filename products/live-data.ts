import type { Product } from './product.ts';
import { cisco } from './sources.ts';
import { platformAdministration, platformRestart, tomcatStores, webServer } from './vos-platform.ts';

const proxy = 'Cisco Live Data NGINX';
const replaced = { from: '12.6(2)', because: 'deprecated from 12.6(2): Live Data is on 443' } as const;

/** Live Data beside Unified CCE: what gadgets show is pushed from here. */
export const liveData: Product = {
  id: 'live-data',
  title: 'Cisco Unified CCE Live Data',
  machineTypes: ['LIVE_DATA_A', 'LIVE_DATA_B'],
  platform: 'vos',
  listeners: [
    {
      ...webServer,
      port: 443,
      title: 'Live Data: web service and Socket.IO',
      service: proxy,
      audiences: ['agents', 'supervisors', 'report users'],
      page: '/livedata/security',
      releases: { from: '12.6(2)' },
      sources: [
        cisco.ccePorts1262('Live Data: TCP 443 in place of 12005 and 12008'),
        cisco.ccePorts('Live Data: TCP 443'),
        cisco.cceInstall('Name of the proxy service, and that it presents the certificate', 'inferred'),
      ],
    },
    {
      ...webServer,
      port: 12005,
      title: 'Live Data web service',
      service: proxy,
      audiences: ['agents', 'supervisors', 'report users'],
      page: '/livedata/security',
      optional: replaced,
      sources: [
        cisco.ccePorts125('Live Data: TCP 12005'),
        cisco.ccePorts1262('Live Data: TCP 12005 deprecated'),
        cisco.vpnLess('Page at which the certificate is accepted'),
        cisco.cceInstall('Name of the proxy service, and that it presents the certificate', 'inferred'),
      ],
    },
    {
      ...webServer,
      port: 12008,
      title: 'Live Data, Socket.IO',
      service: proxy,
      audiences: ['agents', 'supervisors', 'report users'],
      page: '/security',
      optional: replaced,
      sources: [
        cisco.ccePorts125('Live Data: TCP 12008'),
        cisco.ccePorts1262('Live Data: TCP 12008 deprecated'),
        cisco.vpnLess('Page at which the certificate is accepted'),
        cisco.cceInstall('Name of the proxy service, and that it presents the certificate', 'inferred'),
      ],
    },
    {
      port: 12001,
      title: 'Database, secured (Cassandra)',
      service: 'Cisco Live Data Cassandra Service',
      presents: null,
      audiences: ['machines'],
      releases: { from: '12.5', before: '12.6' },
      optional: {
        because: 'TLS of the database is off unless it was enabled; no document says which certificate it presents',
      },
      sources: [
        cisco.ccePorts125('Live Data: TCP 12001'),
        cisco.ccePorts125('Name of the database service', 'inferred'),
      ],
    },
    platformAdministration,
  ],
  stores: tomcatStores,
  afterIdentityChange: {
    services: [platformRestart, { service: proxy, outage: 'Live Data stands still' }],
    sources: [cisco.cceInstall('The services that a change of trust restarts present the certificate too', 'inferred')],
    otherwise: {
      what: 'utils system restart, one side at a time',
      sources: [cisco.cuicCertificates('Restart after the upload')],
    },
  },
  afterTrustChange: {
    services: [platformRestart, { service: proxy, outage: 'Live Data stands still' }],
    sources: [
      cisco.cceInstall('Certificates of the AW and of CUIC in Live Data: restart Cisco Tomcat and Live Data NGINX'),
    ],
  },
  notes: [
    'Up to 12.6(1) a browser accepts the certificate on 12005 and again on 12008 before gadgets show data.',
    'Some pages spell the proxy service NGNIX: take what utils service list prints.',
  ],
  sources: [cisco.ccePorts('Live Data: all tables'), cisco.cceInstall('Certificates of Live Data')],
};
