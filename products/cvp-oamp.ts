import { cvpAlias, cvpEcdsa, webServicesManager, webServicesManagerRestart } from './cvp-keystore.ts';
import { cvpKeyLengths } from './key-lengths.ts';
import type { Product } from './product.ts';
import { cisco } from './sources.ts';

const operationsConsole = { service: 'Cisco CVP OPSConsoleServer', outage: 'the Operations Console is away' } as const;

/** The Operations Console of Unified CVP. A PCCE has none: CCE Administration takes its place. */
export const cvpOamp: Product = {
  id: 'cvp-oamp',
  title: 'Cisco Unified CVP Operations Console (OAMP)',
  machineTypes: ['CVP_OPS'],
  platform: 'windows',
  listeners: [
    {
      port: 9443,
      title: 'Operations Console',
      service: operationsConsole.service,
      presents: 'oamp_certificate',
      audiences: ['administrators'],
      page: '/oamp',
      sources: [cisco.cvpSigned('Operations Console: TCP 9443'), cisco.cvpSecurity('HTTPS of the Operations Console')],
    },
    webServicesManager,
  ],
  ecdsa: cvpEcdsa,
  rsaKeys: cvpKeyLengths,
  stores: [cvpAlias('wsm_certificate'), cvpAlias('oamp_certificate')],
  afterIdentityChange: {
    services: [webServicesManagerRestart, operationsConsole],
    sources: [
      cisco.cvpSecurity('Restart after the import, by alias'),
      cisco.cvpSigned('Restart of the Operations Console'),
    ],
  },
  afterTrustChange: {
    services: [webServicesManagerRestart, operationsConsole],
    sources: [cisco.cvpSecurity('Certificates of VVB and of CVP machines in the Operations Console: restart')],
  },
  notes: [
    'For mutual authentication over JMX each side has a further key pair, whose alias is the common name of the other side: it shows on no port listed here.',
    'CVP machines are entered by the name that their certificates carry.',
  ],
  sources: [cisco.cvpSigned('Aliases and key store of CVP'), cisco.cvpSecurity('Operations Console')],
};
