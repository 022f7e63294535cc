import type { IdentityStore, Listener, Product, Restart } from './product.ts';
import { cisco } from './sources.ts';

/** Every web server of a VOS machine presents the platform's one identity. */
export const webServer = { presents: 'tomcat' } as const;

/** Platform administration, on every machine of the Voice Operating System. */
export const platformAdministration: Listener = {
  ...webServer,
  port: 8443,
  title: 'Platform administration',
  service: 'Cisco Tomcat',
  audiences: ['administrators'],
  page: '/cmplatform',
  sources: [cisco.ccePorts('System: TCP 8443'), cisco.ccePorts('That it presents tomcat', 'inferred')],
};

export const platformRestart: Restart = { service: 'Cisco Tomcat', outage: 'administration pages are away' };

export const tomcatStores: readonly IdentityStore[] = [{ identity: 'tomcat', trust: 'tomcat-trust' }];

/** An opt-in of 12.6(1) and later on the servers that the security guide names; 11.5 brought it to all VOS products. */
export const optionalEcdsa: NonNullable<Product['ecdsa']> = {
  releases: [{ from: '11.5', before: '11.6' }, { from: '12.6(1)' }],
  sources: [
    cisco.uccxEcdsa('tomcat-ECDSA of release 11.5, on all VOS products'),
    cisco.cceSecurity1261('Certificates: components that support RSA and ECDSA'),
    cisco.cceSecurity('set tls server cert_type'),
  ],
};
