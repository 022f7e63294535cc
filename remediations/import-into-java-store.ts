import { keyStoresOf } from '#products/java-key-stores.ts';
import { cisco } from '#products/sources.ts';
import { defineRemediation } from './define-remediation.ts';
import { importPeers } from './planning/import-peers.ts';
import { javaProducts } from './planning/windows-products.ts';

export const importIntoJavaStore = defineRemediation({
  id: 'import-into-java-store',
  title: "Import the peer's certificate, or its authority's, into the key store that Java trusts by",
  describes:
    "Takes the self-signed certificate from the peer's own store, or the whole chain of its authority, root first; copies each key store beside itself, imports by keytool (into cacerts of CCE and of OpenJDK, or into .keystore of CVP), deletes earlier certificates of the peer, and restarts the services that read the store. Taken back to the very bytes by the copy.",
  fixes: ['peer-not-trusted', 'peer-certificate-outdated-in-store'],
  on: javaProducts,
  sources: [
    cisco.pcceCertificates('Certificates that the AW imports'),
    cisco.pcceCertificates126('Trust store of the AW'),
    cisco.cvpSecurity('Key store of CVP: import by keytool'),
    cisco.cvpSigned('Back up the key store'),
  ],
  plan: (group, facts) => importPeers(group, (store) => keyStoresOf(group.machine, store).length > 0, facts),
});
