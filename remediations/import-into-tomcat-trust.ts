import type { Step } from '#model/plan.ts';
import { cisco } from '#products/sources.ts';
import { defineRemediation } from './define-remediation.ts';
import { handedBy, importSteps } from './planning/hand-out.ts';
import { afterTrustChange } from './planning/restart-steps.ts';
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
    cisco.uccxCertificates('Third-party servers of UCCX scripts: restart the Engine'),
    cisco.uccxCli('set cert import'),
    cisco.uccxSubsystems('CCP Configuration: certificates of both sides'),
    cisco.cceSecurity('Restart after certificate changes on Customer Collaboration Platform'),
  ],
  plan({ machine, findings }, facts) {
    const steps: Step[] = [];
    const of = new Set<string>();
    for (const { subject, verdict } of findings) {
      if (subject.scope !== 'trust-relation') continue;
      const presenter = facts.machine(subject.presenter);
      const seen =
        'port' in subject
          ? facts.presented(presenter.id, subject.port)
          : facts.identity(presenter.id, subject.identity);
      const handed = handedBy(presenter, verdict.certificate ?? seen, facts);
      if ('declined' in handed) return handed;
      const imports = importSteps(machine, subject.store, handed, facts);
      if ('declined' in imports) return imports;
      if (imports.length === 0) {
        return {
          declined: `${subject.store} of ${machine.id} holds the chain of ${presenter.id} already: what is wrong lies in the certificates`,
        };
      }
      of.add(presenter.id);
      steps.push(...imports.filter((step) => !steps.some((other) => JSON.stringify(other) === JSON.stringify(step))));
    }
    if (steps.length === 0) return { declined: 'no finding is about a trust relation' };
    return {
      title: `Import the certificates of ${[...of].join(', ')} into the trust store of ${machine.id}`,
      steps: [...steps, ...afterTrustChange(machine, facts)],
      replaces: [],
      keeps: [],
      irreversible: [],
    };
  },
});
