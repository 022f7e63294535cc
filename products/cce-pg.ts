import {
  afterHostTrustChange,
  diagnosticFramework,
  hostEcdsa,
  hostIdentityRestarts,
  afterHostIdentityChange,
  hostNotes,
  hostPem,
  hostStores,
  iis,
} from './cce-host.ts';
import type { Listener, Product } from './product.ts';
import { cisco } from './sources.ts';

const ctiServer = (port: number, side: string): Listener => ({
  port,
  title: `CTI Server, secured, side ${side} of instance 0`,
  service: 'CTI Server',
  presents: 'host.pem',
  audiences: ['machines'],
  optional: {
    because: `only the CTI Server of side ${side} listens here, and only where secured connections were set up; other instances add 40 for each`,
  },
  sources: [
    cisco.ccePorts(`PG: TCP ${String(port)}`),
    cisco.cceSecurity('CTI Server: mutual TLS with host.pem'),
    cisco.ccePorts('That the lower number is side A', 'inferred'),
  ],
});

/** Peripheral Gateway of Unified CCE, with CTI Server, VRU PG and Media Routing PG. */
export const ccePg: Product = {
  id: 'cce-pg',
  title: 'Cisco Unified CCE Peripheral Gateway',
  machineTypes: ['CCE_PG'],
  platform: 'windows',
  listeners: [iis, diagnosticFramework, ctiServer(42030, 'A'), ctiServer(43030, 'B')],
  ecdsa: hostEcdsa,
  mutualTls: [
    {
      identity: 'host.pem',
      to: 'Cloud Connect, by the MR PG',
      releases: { from: '15.0' },
      isSecured: 'as installed',
      sources: [
        cisco.cceSecurity('MR PG and Cloud Connect: mutual TLS'),
        cisco.cceSecurity('Which side of the link is the client', 'inferred'),
      ],
    },
    {
      identity: 'host.pem',
      to: 'CVP by the VRU PG; CCP and ECE by the MR PG; the Router',
      isSecured: 'where set up',
      sources: [
        cisco.cceSecurity('VRU PG, MR PG and Router: exchange of certificates'),
        cisco.cvpSecurity('VRU PG: icm_certificate'),
        cisco.cceSecurity('Which side of the link is the client', 'inferred'),
      ],
    },
  ],
  stores: [...hostStores, hostPem],
  afterIdentityChange: {
    ...afterHostIdentityChange,
    services: [
      ...hostIdentityRestarts,
      {
        service: 'CTI Server',
        outage: 'Finesse and agents on this side move to the other',
        how: 'cycle the PG by Unified CCE Service Control',
      },
    ],
    sources: [...afterHostIdentityChange.sources, cisco.cceSecurity('host.pem: cycle CTI Server and PG')],
  },
  afterTrustChange: afterHostTrustChange,
  afterTrustChangeIn: {
    [hostPem.trust]: {
      services: [
        { service: 'Peripheral Gateway', outage: 'the other side carries what this PG connects' },
        { service: 'CTI Server', outage: 'Finesse and agents on this side move to the other' },
      ],
      sources: [
        cisco.cceSecurity('CiscoCertUtil /install: cycle CTI Server and PG'),
        cisco.cceSecurity('That both are cycled whatever link the certificate is of, the PG first', 'inferred'),
      ],
    },
  },
  notes: [
    ...hostNotes,
    'Certificates of Finesse, CVP and Cloud Connect go into the Windows stores by CiscoCertUtil /install, then the PG is cycled.',
    'Not probed, because the same port speaks without TLS as installed: 38001 of the MR PG and the Dialer.',
  ],
  sources: [cisco.ccePorts('PG: all tables'), cisco.cceSecurity('CiscoCertUtil'), cisco.finesseCti('CTI Server')],
};
