import type { Product } from './product.ts';
import { cisco } from './sources.ts';
import { optionalEcdsa, platformRestart, tomcatStores, webServer } from './vos-platform.ts';

const reporting = 'Intelligence Center Reporting Service';

/** Cisco Unified Intelligence Center as a server of its own: reports, and the gadgets of Live Data. */
export const cuic: Product = {
  id: 'cuic',
  title: 'Cisco Unified Intelligence Center',
  machineTypes: ['CUIC_PUBLISHER', 'CUIC_SUBSCRIBER'],
  platform: 'vos',
  listeners: [
    {
      ...webServer,
      port: 443,
      title: 'Unified Intelligence Center and Administration Console',
      service: reporting,
      audiences: ['report users', 'supervisors', 'administrators'],
      page: '/cuicui/Main.jsp',
      releases: { from: '12.6(2)' },
      sources: [
        cisco.ccePorts1262('Unified Intelligence Center: TCP 443, 8444'),
        cisco.ccePorts('Unified Intelligence Center: TCP 443, 8444'),
        cisco.ccePorts('The service behind TCP 443', 'inferred'),
      ],
    },
    {
      ...webServer,
      port: 8444,
      title: 'Unified Intelligence Center and Live Data gadgets',
      service: reporting,
      audiences: ['agents', 'supervisors', 'report users'],
      page: '/cuicui/Main.jsp',
      sources: [
        cisco.ccePorts125('Unified Intelligence Center: TCP 8444'),
        cisco.ccePorts('Unified Intelligence Center: TCP 443, 8444'),
        cisco.ccePorts('The service behind TCP 8444, a web proxy from 12.6(1) on', 'inferred'),
      ],
    },
    {
      ...webServer,
      port: 8443,
      title: 'Administration Console and platform administration',
      service: 'Cisco Tomcat',
      audiences: ['administrators'],
      page: '/oamp',
      sources: [cisco.ccePorts('Unified Intelligence Center: TCP 8443'), cisco.cuicUnknown('Administration Console')],
    },
    {
      ...webServer,
      port: 8447,
      title: 'Online help',
      service: reporting,
      audiences: ['report users'],
      optional: { from: '12.6(2)', because: 'deprecated from 12.6(2): the help moves to 8444' },
      sources: [
        cisco.ccePorts125('Unified Intelligence Center: TCP 8447'),
        cisco.ccePorts1262('Unified Intelligence Center: TCP 8447 deprecated'),
      ],
    },
  ],
  ecdsa: {
    ...optionalEcdsa,
    without: { from: '11.6', before: '12.6(1)' },
    sources: [
      ...optionalEcdsa.sources,
      cisco.uccxCertificates('tomcat-ECDSA removed in 11.6, from CUIC too'),
      cisco.uccxCertificates('That CUIC beside Unified CCE is meant', 'inferred'),
    ],
  },
  stores: tomcatStores,
  afterIdentityChange: {
    services: [platformRestart, { service: reporting, outage: 'reports and Live Data gadgets are away' }],
    sources: [
      cisco.cuicUnknown('Restart Cisco Tomcat'),
      cisco.cceInstall('Name of the reporting service, and that it presents the certificate', 'inferred'),
    ],
    otherwise: {
      what: 'utils system restart on every node',
      sources: [cisco.cuicCertificates('Restart after the upload')],
    },
  },
  afterTrustChange: {
    services: [platformRestart, { service: reporting, outage: 'reports and Live Data gadgets are away' }],
    sources: [cisco.cceInstall('Certificate of Live Data in CUIC: restart Tomcat and the reporting service')],
  },
  notes: [
    'A certificate signed by an authority must be signed with RSA, and wildcards are not supported (guide of release 15.0; its own words on the request, SHA-1 with RSA 2048, are out of date).',
    'Live Data and IdS on the same machine have their ports here too: name them under ports.open in the inventory.',
  ],
  sources: [
    cisco.ccePorts('Unified Intelligence Center: all tables'),
    cisco.cuicCertificates('Kinds of certificates that are supported'),
  ],
};
