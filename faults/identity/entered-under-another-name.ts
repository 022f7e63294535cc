import { cisco } from '#products/sources.ts';
import { isAddress, isFor, referenceIdentifier } from '#x509/identity.ts';
import { absent, defineFault, notApplicable, present } from '../define-fault.ts';

export const enteredUnderAnotherName = defineFault({
  id: 'entered-under-another-name',
  category: 'identity',
  title: 'The Operations Console has the machine under a name that its certificate should not or does not carry',
  titleAbsent: 'The Operations Console has the machine under a name of its certificate',
  symptom: 'The Operations Console shows the device as not reachable, and Save and Deploy fails for it.',
  cause: 'The device was entered by its short name or its address, or its certificate was asked for by another name.',
  advice:
    'Enter the device in the Operations Console by the fully qualified name that its certificate carries, and write that name as oampName into the inventory.',
  severity: 'major',
  appliesTo: [{ product: 'cvp' }, { product: 'cvp-reporting' }],
  sources: [
    cisco.cvpSigned('Devices are added to the Operations Console by the name of their certificate requests'),
    cisco.cvpSigned('That the Operations Console meets the certificate of Web Services Manager', 'inferred'),
    cisco.cvpSigned('What people see of it', 'inferred'),
  ],
  judges: 'presented',
  detect({ endpoint: { machine, listener }, presented: { endEntity } }) {
    const { oampName = null } = machine;
    if (oampName === null)
      return notApplicable('the inventory does not say how the Operations Console has the machine');
    if (listener?.presents !== 'wsm_certificate') return notApplicable('the Operations Console asks another port');
    const evidence = { 'name in the Operations Console': oampName, 'name in the inventory': machine.fqdn ?? 'none' };
    // The certificate is not at fault: the entry is.
    if (isAddress(oampName)) return present('major', `the device was entered by its address, ${oampName}`, evidence);
    if (!oampName.includes('.'))
      return present('major', `the device was entered by its short name, ${oampName}`, evidence);
    if (isFor(endEntity, referenceIdentifier(oampName))) return absent;
    return present(
      'major',
      `the device was entered as ${oampName}, and its certificate does not carry that name`,
      evidence,
      // Where it was entered by its name, another certificate is due.
      oampName.toLowerCase() === machine.fqdn ? endEntity.sha256 : undefined,
    );
  },
});
