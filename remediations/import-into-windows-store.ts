import { keyStoresOf } from '#products/java-key-stores.ts';
import { cisco } from '#products/sources.ts';
import { defineRemediation } from './define-remediation.ts';
import { importPeers } from './planning/import-peers.ts';
import { windowsProducts } from './planning/windows-products.ts';

export const importIntoWindowsStore = defineRemediation({
  id: 'import-into-windows-store',
  title: "Import the peer's certificate, or its authority's, into the certificate stores of Windows",
  describes:
    'Puts the root into Trusted Root Certification Authorities and intermediates into their own store, or the self-signed certificate of the peer into Personal, as CiscoCertUtil /install does. Programs of CCE read it when they start: on a PG its services and those of CTI Server are restarted, as Unified CCE Service Control cycles them. Taken back by deleting it.',
  fixes: ['peer-not-trusted', 'peer-certificate-outdated-in-store'],
  on: windowsProducts,
  sources: [
    cisco.cceSecurity('CiscoCertUtil /install'),
    cisco.cceIis('Root certificate into the store of Windows'),
    cisco.cceSecurity('That certutil -addstore puts it where CiscoCertUtil does', 'inferred'),
  ],
  plan(group, facts) {
    return importPeers(group, (store) => keyStoresOf(group.machine, store).length === 0, facts);
  },
});
