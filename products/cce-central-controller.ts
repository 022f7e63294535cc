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

/** Router and Logger of Unified CCE, on machines of their own or together as a Rogger. */
export const cceCentralController: Product = {
  id: 'cce-central-controller',
  title: 'Cisco Unified CCE Router and Logger',
  machineTypes: ['CCE_ROUTER', 'CCE_LOGGER', 'CCE_ROGGER'],
  platform: 'windows',
  listeners: [iis, diagnosticFramework],
  ecdsa: hostEcdsa,
  mutualTls: [
    {
      identity: 'host.pem',
      to: 'Router and Logger of the other side, and the AW',
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
  afterTrustChange: afterHostTrustChange,
  notes: hostNotes,
  sources: [cisco.ccePorts('Router, Logger: all tables'), cisco.cceSecurity('Windows machines')],
};
