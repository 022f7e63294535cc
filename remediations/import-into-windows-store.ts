import { keyStoresOf } from '#products/java-key-stores.ts';
import { cisco } from '#products/sources.ts';
import { defineRemediation } from './define-remediation.ts';
import { importPeers } from './planning/import-peers.ts';
import { windowsProducts } from './planning/windows-products.ts';

export const importIntoWindowsStore = defineRemediation({
  id: 'import-into-windows-store',
  title: "Import the peer's certificate, or its authority's, into the certificate stores of Windows",
  describes:
    'Puts the root into Trusted Root Certification Authorities and intermediates into their own store, or the self-signed certificate of the peer into Personal, as CiscoCertUtil /install does. Programs of CCE read it when they start: cycle the PG afterwards by Unified CCE Service Control. Taken back by deleting it.',
  fixes: ['peer-not-trusted', 'peer-certificate-outdated-in-store'],
  on: windowsProducts,
  sources: [
    cisco.cceSecurity('CiscoCertUtil /install'),
    cisco.cceIis('Root certificate into the store of Windows'),
    cisco.cceSecurity('That certutil -addstore puts it where CiscoCertUtil does', 'inferred'),
  ],
  plan(group, facts) {
    const draft = importPeers(group, (store) => keyStoresOf(group.machine, store).length === 0, facts);
    if (draft === null || 'declined' in draft) return draft;
    // Apache Tomcat does not read these stores, and no document gives the services of a PG one name.
    return { ...draft, steps: draft.steps.filter((step) => step.do === 'import-certificate') };
  },
});
