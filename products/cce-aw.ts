import {
  afterHostIdentityChange,
  afterHostTrustChange,
  diagnosticFramework,
  hostEcdsa,
  hostNotes,
  hostPem,
  hostStores,
  iis,
} from './cce-host.ts';
import type { Product } from './product.ts';
import { cisco } from './sources.ts';

/** Administration & Data Server (AW, HDS, DDS) of Unified CCE: where CCE Administration runs. */
export const cceAw: Product = {
  id: 'cce-aw',
  title: 'Cisco Unified CCE Administration & Data Server',
  machineTypes: ['CCE_AW'],
  platform: 'windows',
  listeners: [
    {
      ...iis,
      title: 'CCE Administration, Web Setup, Internet Script Editor and configuration API (IIS)',
      page: '/cceadmin',
      sources: [
        cisco.ccePorts('System: TCP 443'),
        cisco.cceSecurity('SSL Encryption Utility: certificate of the default web site'),
      ],
    },
    diagnosticFramework,
  ],
  ecdsa: hostEcdsa,
  mutualTls: [
    {
      identity: 'host.pem',
      to: 'Router and Logger',
      releases: { from: '15.0' },
      isSecured: 'where set up',
      sources: [
        cisco.cceSecurity('TLS inside CCE: exchange of certificates by CiscoCertUtil'),
        cisco.cceSecurity('Which side of the link is the client', 'inferred'),
      ],
    },
  ],
  stores: [...hostStores, hostPem],
  afterIdentityChange: afterHostIdentityChange,
  afterTrustChange: {
    ...afterHostTrustChange,
    services: [{ service: 'Apache Tomcat', outage: 'CCE Administration is away' }],
    sources: [
      cisco.pcceCertificates('Import into cacerts: restart Apache Tomcat'),
      cisco.pcceCertificates125('WSM certificates: restart Apache Tomcat'),
    ],
    otherwise: {
      what: 'after the WSM certificate of a CVP machine, restart the AW',
      sources: [cisco.pcceCertificates('WSM certificates: restart the AW')],
    },
  },
  notes: [
    ...hostNotes,
    'CCE Administration reaches every component by the certificates in cacerts: IIS and Portico of each Windows machine under two aliases, WSM of CVP, tomcat of VOS machines, IIS of ECE.',
    'The WSM certificates of CVP go into cacerts of CCE and of OpenJDK.',
  ],
  sources: [
    cisco.ccePorts('AW: all tables'),
    cisco.pcceCertificates('Certificates of the AW'),
    cisco.pcceCertificates126('Trust store of the AW'),
  ],
};
