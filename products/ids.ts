import type { Product } from './product.ts';
import { cisco } from './sources.ts';
import { optionalEcdsa, platformAdministration, platformRestart, tomcatStores, webServer } from './vos-platform.ts';

/** Cisco Identity Service as a server of its own: single sign-on for Finesse and CUIC. */
export const ids: Product = {
  id: 'ids',
  title: 'Cisco Identity Service',
  machineTypes: ['IDS_PUBLISHER', 'IDS_SUBSCRIBER'],
  platform: 'vos',
  listeners: [
    {
      ...webServer,
      port: 8553,
      title: 'Cisco Identity Service',
      service: 'Cisco Identity Service',
      audiences: ['agents', 'supervisors', 'administrators'],
      page: '/idsadmin',
      sources: [cisco.ccePorts('Cisco Identity Service: TCP 8553'), cisco.idsTroubleshooting('Pages of the service')],
    },
    platformAdministration,
  ],
  ecdsa: optionalEcdsa,
  stores: tomcatStores,
  afterIdentityChange: {
    services: [platformRestart, { service: 'Cisco Identity Service', outage: 'single sign-on is away' }],
    sources: [cisco.uccxCli('Services; which of them presents the certificate', 'inferred')],
    otherwise: {
      what: 'utils system restart on every node',
      sources: [cisco.cuicCertificates('Restart after the upload')],
    },
  },
  afterTrustChange: {
    services: [platformRestart, { service: 'Cisco Identity Service', outage: 'single sign-on is away' }],
    sources: [cisco.uccxCli('Services; which of them looks at tomcat-trust', 'inferred')],
    otherwise: {
      what: 'utils system restart on every node',
      sources: [cisco.cuicCertificates('Restart after the upload')],
    },
  },
  notes: [
    'SAML assertions are signed with a certificate of their own, made under Settings of Identity Service Management: a new tomcat certificate does not touch it.',
  ],
  sources: [cisco.ccePorts('Cisco Identity Service: all tables'), cisco.idsTroubleshooting('Certificates')],
};
