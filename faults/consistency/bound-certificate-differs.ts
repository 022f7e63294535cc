import { createHash } from 'node:crypto';
import { cisco } from '#products/sources.ts';
import { certificateTitle, isReadable } from '#x509/certificate.ts';
import { absent, defineFault, notApplicable, present } from '../define-fault.ts';

export const boundCertificateDiffers = defineFault({
  id: 'bound-certificate-differs',
  category: 'consistency',
  title: 'Port, binding and registry of a Windows machine do not name the same certificate',
  titleAbsent: 'Port, binding and registry of the Windows machine name the same certificate',
  symptom:
    'A certificate was bound and the port goes on with another; or DiagFwCertMgr says that the hash in the registry does not match.',
  cause:
    'The service was not restarted after the binding, or the binding of Portico was changed by netsh or IIS Manager behind the back of DiagFwCertMgr.',
  advice:
    'Portico: DiagFwCertMgr /task:BindCertFromStore with the thumbprint that is meant, then restart DiagFwSvc. IIS: bind the certificate in the site again, then restart the World Wide Web Publishing Service.',
  severity: 'major',
  sources: [
    cisco.cceServiceability('DiagFwCertMgr: binding and registry'),
    cisco.diagnosticFramework('Validation of the binding'),
    cisco.cceIis('Binding of the certificate'),
  ],
  judges: 'binding',
  detect({ endpoint, presented: { endEntity }, binding: { thumbprint, noted }, bound }) {
    if (thumbprint === null) return notApplicable('netsh lists no binding of this port');
    const shown = createHash('sha1').update(endEntity.der).digest('hex');
    const evidence = {
      presented: `${certificateTitle(endEntity)}, thumbprint ${shown}`,
      bound: `${bound !== null && isReadable(bound) ? certificateTitle(bound) : 'not in the store'}, thumbprint ${thumbprint}`,
      ...(noted === null ? {} : { 'in the registry': noted }),
    };
    if (shown !== thumbprint) {
      return present(
        'major',
        `${endpoint.title} presents another certificate than the one that is bound`,
        { ...evidence, 'restart for it': endpoint.listener?.service ?? 'unknown service' },
        endEntity.sha256,
      );
    }
    if (noted === null || noted.toLowerCase() === thumbprint) return absent;
    return present('minor', `the registry names another certificate than the one bound to ${endpoint.title}`, evidence);
  },
});
