import type { Product } from './product.ts';
import { cisco } from './sources.ts';
import { optionalEcdsa, platformAdministration, platformRestart, tomcatStores, webServer } from './vos-platform.ts';

const engine = 'VVB Engine';

/** Cisco Virtualized Voice Browser: plays prompts and asks callers for CVP. */
export const cvvb: Product = {
  id: 'cvvb',
  title: 'Cisco Virtualized Voice Browser',
  machineTypes: ['CVVB'],
  platform: 'vos',
  listeners: [
    platformAdministration,
    {
      ...webServer,
      port: 443,
      title: 'VVB Administration',
      service: 'Cisco Tomcat',
      audiences: ['administrators', 'machines'],
      page: '/appadmin/main',
      releases: { from: '15.0' },
      sources: [
        cisco.ccePorts('VVB: TCP 443, 8445'),
        cisco.ccePorts('The service and the page of TCP 443', 'inferred'),
      ],
    },
    {
      ...webServer,
      port: 8445,
      title: 'VVB Administration, Speech Config and Administration API',
      service: 'Cisco Tomcat',
      audiences: ['administrators', 'machines'],
      releases: { from: '15.0' },
      sources: [cisco.ccePorts('VVB: TCP 443, 8445'), cisco.ccePorts('The service behind TCP 8445', 'inferred')],
    },
    {
      ...webServer,
      port: 5061,
      title: 'SIP over TLS',
      service: engine,
      audiences: ['machines'],
      optional: { because: 'calls are over TLS only where secure SIP was set up' },
      sources: [
        cisco.ccePorts('VVB: TCP 5061'),
        cisco.cvpSecurity('SIP over TLS between CVP and VVB: tomcat of VVB'),
        cisco.ccePorts('Name of the service', 'inferred'),
      ],
    },
    {
      ...webServer,
      port: 5063,
      title: 'SIP over TLS in Media Gateway mode',
      service: engine,
      audiences: ['machines'],
      releases: { from: '15.0' },
      optional: { because: 'only VVB in Media Gateway mode with secure SIP listens here' },
      sources: [
        cisco.ccePorts('VVB: TCP 5063'),
        cisco.ccePorts('That it presents tomcat, and the name of the service', 'inferred'),
      ],
    },
  ],
  ecdsa: optionalEcdsa,
  mutualTls: [
    {
      identity: 'tomcat',
      to: 'the Call Server of CVP, SIP over TLS',
      isSecured: 'where set up',
      sources: [cisco.cvpSecurity('SIP over TLS between CVP and VVB: both certificates are exchanged', 'inferred')],
    },
  ],
  stores: tomcatStores,
  afterIdentityChange: {
    services: [platformRestart, { service: engine, outage: 'calls on this VVB drop' }],
    sources: [
      cisco.cvpSecurity('Certificates of VVB: restart Cisco Tomcat and the engine'),
      cisco.cvpSecurity('Spelling of the engine in the CLI', 'inferred'),
    ],
    otherwise: {
      what: 'utils system restart',
      sources: [cisco.cvpSecurity('Certificates of VVB: or restart the system')],
    },
  },
  afterTrustChange: {
    services: [platformRestart, { service: engine, outage: 'calls on this VVB drop' }],
    sources: [
      cisco.cvpSecurity('Certificates of CVP in VVB: restart Cisco Tomcat and the engine'),
      cisco.cvpSecurity('Spelling of the engine in the CLI', 'inferred'),
    ],
    otherwise: {
      what: 'utils system restart',
      sources: [cisco.cvpSecurity('Certificates of CVP in VVB: or restart the system')],
    },
  },
  notes: [
    'Up to 12.6(2) the port guides list no HTTPS port but 8443 of the platform; name others under ports.open in the inventory.',
    'Nothing carries its trust store to another VVB: look at each.',
  ],
  sources: [cisco.ccePorts('VVB: all tables'), cisco.ccePorts1262('VVB: all tables'), cisco.cvpSecurity('VVB')],
};
