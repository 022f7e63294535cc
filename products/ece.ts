import type { Product } from './product.ts';
import { cisco } from './sources.ts';

/** Web server of Cisco Enterprise Chat and Email. Its other ports stand only in its own guide, which was not read. */
export const ece: Product = {
  id: 'ece',
  title: 'Cisco Enterprise Chat and Email, web server',
  machineTypes: ['ECE'],
  platform: 'windows',
  listeners: [
    {
      port: 443,
      title: 'Agent gadget, administration and chat (IIS)',
      service: 'World Wide Web Publishing Service',
      presents: 'IIS',
      audiences: ['agents', 'supervisors', 'administrators', 'customers', 'machines'],
      page: '/',
      sources: [
        cisco.pcceCertificates('Certificate of the ECE web server in the AW'),
        cisco.pcceCertificates('Who opens the ECE web server', 'inferred'),
      ],
    },
  ],
  ecdsa: {
    releases: [{ from: '12.6(1)' }],
    sources: [cisco.cceSecurity1261('Certificates: components that support RSA and ECDSA')],
  },
  stores: [
    {
      identity: 'IIS',
      trust: 'LocalMachine\\Root',
      keptIn: { by: 'windows-store', path: 'LocalMachine\\My, or WebHosting' },
    },
  ],
  afterIdentityChange: {
    services: [{ service: 'World Wide Web Publishing Service', outage: 'chat and e-mail are away' }],
    sources: [cisco.cceIis('Restart after the binding'), cisco.cceIis('That ECE needs no other restart', 'inferred')],
  },
  notes: [
    'List the TLS ports of its services in the inventory: no document read names them.',
    'Customers meet its certificate where chat is open to the internet: say external in the inventory.',
    'The services of ECE that connect to the MR PG and to the CTI Server show certificates of their own, which no port listed here presents.',
  ],
  sources: [cisco.pcceCertificates('ECE'), cisco.ccePorts('That the ports of ECE stand in its own guide')],
};
