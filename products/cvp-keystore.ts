import type { IdentityStore, KeptIn, Listener, Product } from './product.ts';
import { cisco } from './sources.ts';

/** The one key store of a CVP machine: all identities under fixed aliases, and the certificates it trusts. */
const keystore: KeptIn = { by: 'java-key-store', format: 'JCEKS', path: '%CVP_HOME%\\conf\\security\\.keystore' };

/** An alias of the key store. */
export function cvpAlias(identity: string): IdentityStore {
  return { identity, trust: '.keystore', keptIn: keystore, trustFiles: [{ path: keystore.path }] };
}

/** The Web Services Manager, on every CVP machine: what CCE Administration asks. */
export const webServicesManager: Listener = {
  port: 8111,
  title: 'Web Services Manager',
  service: 'Cisco CVP WebServicesManager',
  presents: 'wsm_certificate',
  audiences: ['machines', 'administrators'],
  page: '/cvp-dp/rest/DiagnosticPortal/GetProductVersion',
  sources: [cisco.ccePorts('CVP: TCP 8111'), cisco.pcceCertificates('WSM certificate: page to verify it')],
};

export const webServicesManagerRestart = {
  service: 'Cisco CVP WebServicesManager',
  outage: 'CCE Administration cannot reach this machine',
} as const;

/** RSA or ECDSA for each alias; as installed all are RSA. */
export const cvpEcdsa: NonNullable<Product['ecdsa']> = {
  releases: [{ from: '12.6(1)' }],
  without: { from: '12.5', before: '12.6(1)' },
  sources: [
    cisco.cceSecurity1261('Certificates: components that support RSA and ECDSA'),
    cisco.cvpSecurity('ECDSA certificates'),
    cisco.cvpSecurity125('That release 12.5(1), whose guide has no chapter on ECDSA, works with RSA only', 'inferred'),
  ],
};
