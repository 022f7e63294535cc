import type { IdentityStore, Listener, Product, RestartRecipe } from './product.ts';
import { cisco } from './sources.ts';

const installed = { by: 'windows-store', path: 'LocalMachine\\My' } as const;

/** cacerts, the Java trust store of CCE's web applications: it moved with the releases, and older ones were lost at each Java update. */
const cacerts = {
  trust: 'cacerts',
  trustFiles: [
    { releases: { before: '12.5' }, path: '%JAVA_HOME%\\lib\\security\\cacerts' },
    { releases: { from: '12.5', before: '12.6' }, path: '%CCE_JAVA_HOME%\\lib\\security\\cacerts' },
    { releases: { from: '12.6' }, path: '<ICM>\\ssl\\cacerts' },
  ],
} as const;

/** The default web site of IIS. */
export const iis: Listener = {
  port: 443,
  title: 'Web Setup (IIS)',
  service: 'World Wide Web Publishing Service',
  presents: 'IIS',
  audiences: ['administrators', 'machines'],
  page: '/setup',
  sources: [
    cisco.ccePorts('System: TCP 443'),
    cisco.cceSecurity('SSL Encryption Utility: certificate of the default web site'),
    cisco.ccePorts('Path of Web Setup', 'inferred'),
  ],
};

/** Diagnostic Framework, called Portico: bound in Windows itself, apart from IIS. */
export const diagnosticFramework: Listener = {
  port: 7890,
  title: 'Diagnostic Framework Portico',
  service: 'DiagFwSvc',
  presents: 'Diagnostic Framework',
  audiences: ['administrators', 'machines'],
  page: '/icm-dp/DiagnosticPortal',
  sources: [
    cisco.cceServiceability('Diagnostic Framework: TCP 7890 and its certificate'),
    cisco.diagnosticFramework('Binding of the certificate'),
  ],
};

export const hostStores: readonly IdentityStore[] = [
  { identity: 'IIS', keptIn: installed, ...cacerts },
  { identity: 'Diagnostic Framework', keptIn: installed, ...cacerts },
];

/** host.pem, under which CCE processes connect to one another and to other servers. */
export const hostPem: IdentityStore = {
  identity: 'host.pem',
  trust: 'LocalMachine\\My, Root and CA',
  keptIn: { by: 'pem-files', path: '<ICM>\\ssl\\certs\\host.pem and <ICM>\\ssl\\keys\\host.key' },
};

export const hostIdentityRestarts = [
  { service: 'World Wide Web Publishing Service', outage: 'web pages of this machine are away' },
  { service: 'DiagFwSvc', outage: 'Diagnostic Framework Portico is away' },
] as const;

export const afterHostIdentityChange: RestartRecipe = {
  services: hostIdentityRestarts,
  sources: [
    cisco.cceIis('Restart after the binding'),
    cisco.cceServiceability('Diagnostic Framework: restart after BindCertFromStore'),
  ],
  otherwise: {
    what: 'restart IIS Admin Service, where that role service is installed',
    sources: [cisco.cceIis('IIS Admin Service')],
  },
};

export const afterHostTrustChange: RestartRecipe = {
  services: [{ service: 'Apache Tomcat', outage: 'web applications of this machine are away' }],
  sources: [cisco.pcceCertificates('Import into cacerts: restart Apache Tomcat')],
};

/** 15.0 makes both kinds at its installation and presents RSA; the tools know ECDSA from 12.6 on. */
export const hostEcdsa: NonNullable<Product['ecdsa']> = {
  releases: [{ from: '12.6' }],
  sources: [
    cisco.cceSecurity('ECDSA certificates of Windows machines'),
    cisco.cceServiceability('DiagFwCertMgr: tasks for ECDSA from 12.6 on'),
  ],
};

export const hostNotes: readonly string[] = [
  '443 and 7890 may present two certificates: each has a binding of its own in Windows.',
  'For System CLI the certificates of others go into cacerts of OpenJDK (CCE_JAVA_HOME) as well.',
  'A thumbprint copied from the certificate dialog may hold a character that does not show; DiagFwCertMgr then binds nothing.',
  'Where Portico fails with a new certificate, Cisco asks to rule out subjectAltName, ECDSA and 4096 bits first.',
  'Not probed: the ports of the secure mode of 15.0 between Router, Logger, PG and AW, and SQL Server on 1433. Name them under ports.open where they are to be looked at.',
];
