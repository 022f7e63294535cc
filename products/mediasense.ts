import { expressKeyLengths } from './key-lengths.ts';
import type { Listener, Product } from './product.ts';
import { cisco } from './sources.ts';

const port = (number: number, title: string, audience: 'administrators' | 'machines', page?: string): Listener => ({
  port: number,
  title,
  service: 'Cisco Tomcat',
  presents: 'tomcat',
  audiences: [audience],
  ...(page === undefined ? {} : { page }),
  sources: [
    cisco.mediasensePorts('MediaSense Port Utilization'),
    cisco.mediasensePorts('That it presents the certificate of Tomcat, and takes it up with it', 'inferred'),
    ...(page === '/oraadmin' ? [cisco.mediasenseAdministration('Access MediaSense Administration')] : []),
  ],
});

/** Cisco MediaSense, whose last release is 11.5. */
export const mediasense: Product = {
  id: 'mediasense',
  title: 'Cisco MediaSense',
  machineTypes: ['MEDIASENSE_PRIMARY', 'MEDIASENSE_SECONDARY'],
  platform: 'vos',
  listeners: [
    port(443, 'MediaSense Administration', 'administrators', '/oraadmin'),
    port(8440, 'API', 'machines'),
    port(8443, 'Administration and serviceability', 'administrators', '/oraadmin'),
    port(8446, 'Call control service', 'machines'),
    port(9081, 'Media for client applications', 'machines'),
    port(9443, 'Media service, redirected requests', 'machines'),
  ],
  ecdsa: {
    releases: [{ from: '11.5', before: '11.6' }],
    without: { from: '11.6', before: '12.5(1)SU2' },
    sources: [
      cisco.uccxEcdsa('tomcat-ECDSA of release 11.5'),
      cisco.uccxCertificates('tomcat-ECDSA from 11.5, removed in 11.6'),
    ],
  },
  rsaKeys: expressKeyLengths,
  stores: [{ identity: 'tomcat', trust: 'tomcat-trust' }],
  afterIdentityChange: {
    services: [{ service: 'Cisco Tomcat', outage: 'recordings cannot be searched or played' }],
    sources: [cisco.uccxCertificates('Signed certificates: restart after the upload')],
  },
  afterTrustChange: {
    services: [{ service: 'Cisco Tomcat', outage: 'recordings cannot be searched or played' }],
    sources: [cisco.uccxCertificates('Signed certificates: restart after the upload')],
  },
  notes: ['Its ports come from the guide of Unified CCE 12.0(1): none of its own that was read lists them.'],
  sources: [cisco.uccxCertificates('Introduction')],
};
