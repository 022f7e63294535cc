import { expressKeyLengths } from './key-lengths.ts';
import type { Product } from './product.ts';
import { cisco } from './sources.ts';

/** Cisco MediaSense. No source names its TLS port, so the inventory must. */
export const mediasense: Product = {
  id: 'mediasense',
  title: 'Cisco MediaSense',
  machineTypes: ['MEDIASENSE_PRIMARY', 'MEDIASENSE_SECONDARY'],
  platform: 'vos',
  listeners: [],
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
  notes: ['List its TLS ports in the inventory: no Cisco document read names them.'],
  sources: [cisco.uccxCertificates('Introduction')],
};
