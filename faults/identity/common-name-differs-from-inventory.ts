import { cisco } from '#products/sources.ts';
import { absent, defineFault, notApplicable, present } from '../define-fault.ts';

export const commonNameDiffersFromInventory = defineFault({
  id: 'common-name-differs-from-inventory',
  category: 'identity',
  title: 'The common name is not the name in the inventory of Packaged CCE',
  titleAbsent: 'The common name is the name in the inventory of Packaged CCE',
  symptom: 'CCE Administration does not reach the component: its tile or gadget does not open, or it cannot be added.',
  cause:
    'CCE Administration compares the common name of the certificate with the fully qualified name in its inventory. A multi-server request writes HOST-ms.DOMAIN, a fresh CVP its short name.',
  advice:
    'Have the certificate issued again with the fully qualified name of the machine as common name: edit the common name of the request, or make a single-server one.',
  severity: 'major',
  appliesTo: [{ product: 'finesse' }, { product: 'ids' }, { product: 'cvp-reporting' }],
  sources: [
    cisco.pcceCertificates('Common name and name in the inventory'),
    cisco.pcceCertificates125('Common name and name in the inventory'),
    cisco.cucmCaSigned('Multi-server (SAN): common name with -ms'),
    cisco.cucmCaSigned('That a multi-server common name fails the comparison', 'inferred'),
    cisco.pcceCertificates("That the inventory of uccert has the names of CCE Administration's", 'inferred'),
  ],
  judges: 'presented',
  detect({ endpoint: { machine, listener }, presented: { endEntity }, deployment }) {
    if (deployment !== 'PCCE')
      return notApplicable(
        deployment === null
          ? 'no inventory says that the deployment is PCCE'
          : `the rule is about PCCE, and the deployment is ${deployment}`,
      );
    const { fqdn } = machine;
    if (fqdn === null) return notApplicable('the inventory has no name of the machine');
    // Of the Reporting Server CCE Administration asks the Web Services Manager; a file does not say which alias it is for.
    if (machine.type === 'CVP_REPORTING' && listener !== null && listener.presents !== 'wsm_certificate')
      return notApplicable('CCE Administration asks another port');
    const names = endEntity.commonNames;
    if (names.some((name) => plain(name) === plain(fqdn))) return absent;
    const [name] = names;
    const seen =
      name === undefined
        ? 'the certificate has no common name'
        : `the common name is ${name}${/^[^.]+-ms\./i.test(name) ? ', that of a multi-server certificate' : ''}`;
    return present(
      'major',
      `${seen}; the inventory says ${fqdn}`,
      { 'common name': names.join(', ') || 'none', 'name in the inventory': fqdn },
      endEntity.sha256,
    );
  },
});

function plain(name: string): string {
  return name.toLowerCase().replace(/\.$/, '');
}
