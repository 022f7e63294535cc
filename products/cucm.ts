import type { Product } from './product.ts';
import { cisco } from './sources.ts';

/** Cisco Unified Communications Manager, as a contact centre relies on it: AXL and UDS over its tomcat certificate. */
export const cucm: Product = {
  id: 'cucm',
  title: 'Cisco Unified Communications Manager',
  machineTypes: ['CM_PUBLISHER', 'CM_SUBSCRIBER'],
  platform: 'vos',
  listeners: [
    {
      port: 443,
      title: 'Administration pages',
      service: 'Cisco Tomcat',
      presents: 'tomcat',
      audiences: ['administrators'],
      page: '/ccmadmin',
      sources: [cisco.cucmCaSigned('Tomcat')],
    },
    {
      port: 8443,
      title: 'AXL, UDS and administration pages',
      service: 'Cisco Tomcat',
      presents: 'tomcat',
      audiences: ['machines', 'administrators'],
      page: '/ccmadmin',
      sources: [cisco.cucmCaSigned('Tomcat'), cisco.uccxCertificates('CSCvd56174')],
    },
  ],
  rsaKeys: [
    {
      releases: {},
      longest: 4096,
      severity: 'minor',
      because: 'certificates of CUCM have at most 4096',
      sources: [cisco.cucmKeyLengths('Key length of certificates')],
    },
  ],
  stores: [{ identity: 'tomcat', trust: 'tomcat-trust' }],
  afterIdentityChange: {
    services: [
      {
        service: 'Cisco Tomcat',
        outage: 'AXL and administration pages are away; UCCX cannot check passwords against this node',
      },
    ],
    sources: [cisco.cucmCaSigned('Restart, publisher first, one node at a time')],
  },
  afterTrustChange: {
    services: [
      {
        service: 'Cisco Tomcat',
        outage: 'AXL and administration pages are away; UCCX cannot check passwords against this node',
      },
    ],
    sources: [cisco.cucmCaSigned('Restart, publisher first, one node at a time')],
  },
  notes: [
    'UCCX refuses a CUCM certificate that has expired, or whose critical extensions are any but keyUsage and basicConstraints (CSCvd56174).',
  ],
  sources: [cisco.cucmCaSigned('Tomcat'), cisco.uccxPostInstallation('Upload certificates')],
};
