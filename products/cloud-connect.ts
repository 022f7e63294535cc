import type { Product } from './product.ts';
import { cisco } from './sources.ts';
import { optionalEcdsa, platformAdministration, platformRestart, tomcatStores, webServer } from './vos-platform.ts';

const proxy = {
  service: 'Cisco Web Proxy Service',
  outage: 'what asks Cloud Connect for its inventory waits',
} as const;

/** Cisco Cloud Connect: the way from Unified CCE to services of Webex. */
export const cloudConnect: Product = {
  id: 'cloud-connect',
  title: 'Cisco Cloud Connect',
  machineTypes: ['CLOUD_CONNECT_PUBLISHER', 'CLOUD_CONNECT_SUBSCRIBER'],
  platform: 'vos',
  listeners: [
    {
      ...webServer,
      port: 8445,
      title: 'Inventory and data connection',
      service: proxy.service,
      audiences: ['machines', 'administrators'],
      page: '/dataconn/status',
      releases: { from: '12.5' },
      sources: [cisco.ccePorts1261('Cloud Connect: TCP 8445'), cisco.ccePorts('Cloud Connect: TCP 8445')],
    },
    platformAdministration,
  ],
  ecdsa: optionalEcdsa,
  stores: tomcatStores,
  afterIdentityChange: {
    services: [platformRestart, proxy],
    sources: [cisco.ccePorts('Services; which of them presents the certificate', 'inferred')],
    otherwise: {
      what: 'utils system restart on every node',
      sources: [cisco.cuicCertificates('Restart after the upload')],
    },
  },
  afterTrustChange: {
    services: [
      {
        service: 'digitalrouting',
        outage: 'digital channels are away',
        how: 'utils cloudconnect stop digitalrouting, then utils cloudconnect start digitalrouting',
      },
    ],
    sources: [cisco.cceSecurity('MR PG and Cloud Connect: restart of digital routing')],
  },
  notes: [
    'Digital routing and the MR PG prove themselves to each other; from 15.0 the link is secured as installed, and the MR PG shows its host.pem.',
  ],
  sources: [cisco.ccePorts('Cloud Connect: all tables'), cisco.cceSecurity('MR PG and Cloud Connect')],
};
