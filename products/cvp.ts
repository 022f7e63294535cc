import { cvpAlias, cvpEcdsa, webServicesManager, webServicesManagerRestart } from './cvp-keystore.ts';
import { cvpKeyLengths } from './key-lengths.ts';
import type { Product } from './product.ts';
import { cisco } from './sources.ts';

const callServer = 'Cisco CVP CallServer';

const callServerRestart = {
  service: callServer,
  outage: 'calls through this Call Server drop, unless they end within the graceful shutdown',
  graceful: 'callserver',
} as const;

/** Cisco Unified Customer Voice Portal: Call Server, VXML Server and media server on one Windows machine. */
export const cvp: Product = {
  id: 'cvp',
  title: 'Cisco Unified Customer Voice Portal',
  machineTypes: ['CVP'],
  platform: 'windows',
  listeners: [
    {
      port: 8443,
      title: 'Call Server',
      service: callServer,
      presents: 'callserver_certificate',
      audiences: ['machines', 'administrators'],
      page: '/',
      sources: [cisco.ccePorts('CVP: TCP 8443'), cisco.cvpSecurity('HTTPS of the Call Server')],
    },
    {
      port: 7443,
      title: 'VXML Server',
      service: 'Cisco CVP VXMLServer',
      presents: 'vxml_certificate',
      audiences: ['machines'],
      page: '/',
      sources: [cisco.cvpSecurity('HTTPS of the VXML Server')],
    },
    webServicesManager,
    {
      port: 443,
      title: 'Media server (IIS)',
      service: 'World Wide Web Publishing Service',
      presents: 'IIS',
      audiences: ['machines'],
      page: '/',
      optional: {
        because:
          'prompts are served here over HTTPS only where the media server is on this machine and IIS has a binding',
      },
      sources: [cisco.ccePorts('CVP: TCP 443'), cisco.cvpSecurity('HTTPS of the media server')],
    },
    {
      port: 5061,
      title: 'SIP over TLS',
      service: callServer,
      presents: 'callserver_certificate',
      audiences: ['machines'],
      optional: { because: 'calls are over TLS only where secure SIP was set up' },
      sources: [cisco.cvpSecurity('SIP over TLS: export of callserver_certificate')],
    },
  ],
  ecdsa: cvpEcdsa,
  rsaKeys: cvpKeyLengths,
  mutualTls: [
    {
      identity: 'callserver_certificate',
      to: 'VVB, gateways and CUCM, SIP over TLS',
      isSecured: 'where set up',
      sources: [cisco.cvpSecurity('SIP over TLS between CVP and VVB: both certificates are exchanged', 'inferred')],
    },
  ],
  stores: [
    cvpAlias('wsm_certificate'),
    cvpAlias('vxml_certificate'),
    cvpAlias('callserver_certificate'),
    {
      identity: 'IIS',
      trust: 'LocalMachine\\Root',
      keptIn: { by: 'windows-store', path: 'LocalMachine\\My' },
    },
  ],
  afterIdentityChange: {
    services: [
      webServicesManagerRestart,
      { service: 'Cisco CVP VXMLServer', outage: 'applications do not answer; calls in them drop' },
      callServerRestart,
    ],
    sources: [
      cisco.cvpSecurity('Restart after the import, by alias'),
      cisco.pcceCertificates('Restart of Web Services Manager'),
    ],
  },
  afterTrustChange: {
    services: [webServicesManagerRestart, callServerRestart],
    sources: [
      cisco.cvpSecurity('Certificates of Cloud Connect and of the VRU PG: restart the Call Server'),
      cisco.cvpSecurity('Restart after the import of the certificate of the AW', 'inferred'),
    ],
  },
  notes: [
    'Ports do not mean here what they mean on VOS machines: 7443 is the VXML Server, 8443 the Call Server.',
    'As installed the certificates carry the short name of the machine.',
    'With TLS for JMX on, the services trust by .keystore and no longer by cacerts of the Java folder.',
    'Before a restart shut calls down gracefully: service-controller.bat of CVP asks for the Call Server and the service.',
    'Not probed, because the same port speaks without TLS as installed: 5000 (GED-125 to the VRU PG) and the ports of JMX. Name them under ports.open where they are secured.',
    'Java 8u275 and later refuse certificates signed with SHA-1: the Java update of a CVP patch ends such links.',
  ],
  sources: [
    cisco.ccePorts('CVP: all tables'),
    cisco.cvpSecurity('Introduction'),
    cisco.cvpSigned('Aliases and key store of CVP'),
  ],
};
