import { cisco } from '#products/sources.ts';
import { chainAbove } from './planning/authority-chain.ts';
import { defineRemediation } from './define-remediation.ts';
import { importSteps } from './planning/hand-out.ts';
import { handedAuthorities } from './planning/handed.ts';
import { identitiesFound } from './planning/identities-found.ts';
import { afterIdentityChange } from './planning/restart-steps.ts';
import { vosProducts } from './planning/vos-products.ts';

export const completeCertificateChain = defineRemediation({
  id: 'complete-certificate-chain',
  title: "Give the machine the missing certificates of its authority's chain",
  describes:
    'Imports the root and every intermediate above the identity certificate into the trust store of the machine itself, root first, and restarts the services that present the identity, which then send the whole list. Taken back by deleting the entries.',
  fixes: ['intermediate-missing'],
  on: vosProducts,
  sources: [
    cisco.uccxCertificates('Signed certificates'),
    cisco.cucmCaSigned('tomcat-trust: root and intermediates before the certificate'),
    cisco.uccxCli('set cert import'),
  ],
  plan({ machine, findings }, facts) {
    const identities = identitiesFound(machine, findings, facts);
    if ('declined' in identities) return identities;
    const chain = chainAbove(identities[0].identity, machine, facts);
    if (chain === null) {
      return {
        declined: `the chain above the certificate of ${machine.id} is not known: name its authority in the inventory, with the PEM file of its root and intermediates`,
      };
    }
    const steps = importSteps(machine, 'tomcat-trust', handedAuthorities(chain, facts), facts);
    if ('declined' in steps) return steps;
    if (steps.length === 0) {
      return {
        declined: `tomcat-trust of ${machine.id} holds the whole chain: restart what presents the certificate, and look again`,
      };
    }
    return {
      title: `Complete the chain of ${machine.id}`,
      steps: [
        ...steps,
        ...afterIdentityChange(
          machine,
          identities.map(({ unit }) => unit),
          facts,
        ),
      ],
      replaces: [],
      keeps: [],
      irreversible: [],
    };
  },
});
