import { cisco } from '#products/sources.ts';
import { absent, defineFault, notApplicable, present } from '../define-fault.ts';

export const identityCertificateAbsent = defineFault({
  id: 'identity-certificate-absent',
  category: 'trust',
  title: 'The store of a machine lacks the certificate that it is to present',
  titleAbsent: 'The store of the machine holds the certificate that it is to present',
  symptom:
    'The port may go on with what it has in memory; after the next restart it stays closed or ends every handshake.',
  cause: 'The certificate was deleted from the store, or the binding names one that was never there.',
  advice:
    'Put the certificate with its private key back from the backup or have a new one issued, bind it again, then restart the service.',
  severity: 'critical',
  sources: [
    cisco.cceIis('Binding of the certificate of the Personal store'),
    cisco.cceServiceability('DiagFwCertMgr: the certificate must be in the store of the machine'),
    cisco.uccxCli('show cert own'),
  ],
  judges: 'identity',
  detect({ machine, identity, ports, isShownUnprobed, stored }) {
    if (ports.length === 0 && !isShownUnprobed) return notApplicable(`no open port presents ${identity.unit}`);
    if (stored !== null) return absent;
    return present('critical', `${machine.id} holds no certificate for ${identity.unit}`, {
      identity: identity.unit,
      'where it should lie': identity.keptIn ?? 'Certificate Management of Unified OS Administration',
      'ports that present it': ports.join(', ') || 'none: it is shown by a client, or where nobody looks',
    });
  },
});
