import { cisco } from '#products/sources.ts';
import { defineRemediation, trustTarget } from './define-remediation.ts';
import { afterIdentityChange } from './planning/restart-steps.ts';
import { bindSteps } from './planning/windows-binding.ts';
import { aboutUnit } from './planning/windows-identities.ts';
import { windowsProducts } from './planning/windows-products.ts';

const unit = 'IIS';

export const bindIisCertificate = defineRemediation({
  id: 'bind-iis-certificate',
  title: 'Have IIS present the certificate that is bound to it',
  describes:
    'Binds the certificate that Windows has bound to 443 once more, by its thumbprint, where the port presents another, and restarts the World Wide Web Publishing Service.',
  fixes: ['bound-certificate-differs'],
  on: windowsProducts,
  sources: [
    cisco.cceIis('Binding of the certificate, restart'),
    cisco.cceIis('That what is bound is what is meant', 'inferred'),
  ],
  plan(group, facts) {
    const { machine } = group;
    const about = aboutUnit(group, unit, facts);
    if (about.length === 0) return null;
    const bound = facts.binding(machine.id, unit)?.certificate ?? null;
    if (bound === null) return { declined: `what is bound to IIS of ${machine.id} is not in its store: replace it` };
    return {
      title: `Have IIS of ${machine.id} present the certificate that is bound to it`,
      steps: [
        ...bindSteps(machine, unit, { from: 'plan', sha256: bound }),
        ...afterIdentityChange(machine, [unit], facts),
      ],
      clears: about,
      replaces: [],
      keeps: facts.reliedOnBy(machine.id).map(trustTarget),
      irreversible: [],
    };
  },
});
