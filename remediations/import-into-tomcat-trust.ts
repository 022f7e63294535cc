import type { PresentFinding } from '#model/finding.ts';
import type { Step } from '#model/plan.ts';
import { cisco } from '#products/sources.ts';
import { defineRemediation } from './define-remediation.ts';
import { afterTrustChange } from './restart-steps.ts';

const unit = 'tomcat';

export const importIntoTomcatTrust = defineRemediation({
  id: 'import-into-tomcat-trust',
  title: "Import the peer's certificate into tomcat-trust",
  describes:
    "Takes the certificate from the peer's own identity store over an authenticated session, imports it into the trust store of the machine that relies on it and restarts the services that read the store. Taken back by deleting the entry.",
  fixes: ['peer-not-trusted', 'peer-certificate-outdated-in-store'],
  on: ['uccx', 'ccp', 'cucm', 'mediasense'],
  sources: [
    cisco.uccxCertificates('Self-signed certificates'),
    cisco.uccxSubsystems('CCP Configuration: certificates of both sides'),
    cisco.uccxCli('set cert import'),
    cisco.cceSecurity('Restart after certificate changes on Customer Collaboration Platform'),
  ],
  plan({ machine, findings }, facts) {
    const steps: Step[] = [];
    for (const finding of findings) {
      const { subject } = finding;
      if (subject.scope !== 'trust-relation') continue;
      const presenter = facts.machine(subject.presenter);
      if (presenter.certificates === 'ca-signed') {
        return {
          declined: `${presenter.id} is meant to be CA-signed: import the root and intermediates of its authority instead`,
        };
      }
      const identity = facts.identity(presenter.id, unit);
      if (identity === null) {
        return {
          declined: `the ${unit} identity of ${presenter.id} could not be read over its command line; what the wire shows is no reason to trust it`,
        };
      }
      if (identity !== presented(finding)) {
        return {
          declined: `${presenter.id} presents another certificate than its own store holds: restart its services first`,
        };
      }
      steps.push({
        do: 'import-certificate',
        on: machine.id,
        store: subject.store,
        certificate: { from: 'plan', sha256: identity },
        of: presenter.id,
      });
    }
    if (steps.length === 0) return { declined: 'no finding is about a trust relation' };
    const of = steps.map((step) => (step.do === 'import-certificate' ? step.of : '')).join(', ');
    return {
      title: `Import the certificate of ${of} into tomcat-trust of ${machine.id}`,
      steps: [...steps, ...afterTrustChange(machine, facts)],
      keeps: [],
      irreversible: [],
    };
  },
});

function presented(finding: PresentFinding): string | undefined {
  return finding.verdict.certificate;
}
