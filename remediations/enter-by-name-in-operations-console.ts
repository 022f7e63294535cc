import { productOf } from '#products/index.ts';
import { cisco } from '#products/sources.ts';
import { defineRemediation } from './define-remediation.ts';

export const enterByNameInOperationsConsole = defineRemediation({
  id: 'enter-by-name-in-operations-console',
  title: 'Have a person enter the machine in the Operations Console by its fully qualified name',
  describes:
    'Nothing that may be automated changes a device of the Operations Console, so that the plan stops, says what to enter and where, and goes on when the inventory says that it was done. Where the certificate has to carry the name first, it is replaced before that.',
  fixes: ['entered-under-another-name'],
  on: ['cvp', 'cvp-reporting'],
  sources: [
    cisco.cvpSigned('Devices are added to the Operations Console by the name of their certificate requests'),
    cisco.cvpSecurity('Operations Console: names of its pages', 'inferred'),
  ],
  plan({ machine: { id, fqdn, oampName } }, { inventory: { machines } }) {
    if (fqdn === null) return { declined: `the inventory names no FQDN of ${id}, which it is to be entered by` };
    if (oampName?.toLowerCase() === fqdn)
      return { declined: `${id} is entered by its name: its certificate has to carry that name` };
    const console = machines.find(({ type }) => productOf(type).id === 'cvp-oamp');
    return {
      title: `Enter ${id} in the Operations Console as ${fqdn}`,
      steps: [
        {
          do: 'ask-operator',
          via: 'operator',
          on: id,
          asks: { for: 'oamp-name', console: console?.fqdn ?? 'the Operations Console', name: fqdn },
        },
      ],
      replaces: [],
      keeps: [],
      irreversible: [
        `the entry of ${id} in the Operations Console: a person changes it, and only a person changes it back`,
      ],
    };
  },
});
