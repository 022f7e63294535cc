import { cisco } from '#products/sources.ts';
import { defineRemediation } from './define-remediation.ts';
import { importPeers } from './planning/import-peers.ts';
import { vosProducts } from './planning/vos-products.ts';

export const importIntoTomcatTrust = defineRemediation({
  id: 'import-into-tomcat-trust',
  title: "Import the peer's certificate, or its authority's, into tomcat-trust",
  describes:
    "Takes the self-signed certificate from the peer's own identity store over an authenticated session, or the whole chain of its authority, root first, from the operator or the peer's own trust store; imports it into the trust store of the machine that relies on it and restarts the services that read the store. Taken back by deleting the entry.",
  fixes: ['peer-not-trusted', 'peer-certificate-outdated-in-store'],
  on: vosProducts,
  sources: [
    cisco.uccxCertificates('Self-signed certificates'),
    cisco.uccxCertificates('Signed certificates: root and intermediates'),
    cisco.uccxCertificates('Third-party servers of UCCX scripts: restart the Engine'),
    cisco.uccxCli('set cert import'),
    cisco.uccxSubsystems('CCP Configuration: certificates of both sides'),
    cisco.cceSecurity('Restart after certificate changes on Customer Collaboration Platform'),
  ],
  plan: (group, facts) => importPeers(group, () => true, facts),
});
