import { cvpAlias, cvpEcdsa, webServicesManager, webServicesManagerRestart } from './cvp-keystore.ts';
import { cvpKeyLengths } from './key-lengths.ts';
import type { Product } from './product.ts';
import { cisco } from './sources.ts';

/** The Reporting Server of Unified CVP. */
export const cvpReporting: Product = {
  id: 'cvp-reporting',
  title: 'Cisco Unified CVP Reporting Server',
  machineTypes: ['CVP_REPORTING'],
  platform: 'windows',
  listeners: [webServicesManager],
  ecdsa: cvpEcdsa,
  rsaKeys: cvpKeyLengths,
  stores: [cvpAlias('wsm_certificate'), cvpAlias('callserver_certificate')],
  afterIdentityChange: {
    services: [
      webServicesManagerRestart,
      {
        service: 'Cisco CVP CallServer',
        outage: 'reports of calls are not written; Courtesy Callback is away',
        graceful: 'reportingserver',
      },
    ],
    sources: [
      cisco.pcceCertificates('Graceful shutdown of reportingserver, while the Call Server runs'),
      cisco.cvpSecurity('Restart after the import, by alias'),
      cisco.pcceCertificates('Certificate of the Reporting Server: restart'),
    ],
  },
  afterTrustChange: {
    services: [webServicesManagerRestart],
    sources: [cisco.cvpSecurity('Restart after an import that no document asks for', 'inferred')],
  },
  notes: [
    'The Call Server must run while the Reporting Server is shut down gracefully.',
    'CCE Administration of a PCCE compares the common name on 8111 with the name in its inventory.',
  ],
  sources: [
    cisco.ccePorts('CVP: all tables'),
    cisco.cvpSecurity('Reporting Server'),
    cisco.cvpSigned('Aliases and key store of CVP'),
  ],
};
