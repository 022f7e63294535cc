import type { Step } from '#model/step.ts';
import type { Sha256 } from '#model/names.ts';
import { cisco } from '#products/sources.ts';
import { certificateTitle } from '#x509/certificate.ts';
import { defineRemediation, type PlanningFacts } from './define-remediation.ts';
import { vosProducts } from './planning/vos-products.ts';

export const removeExpiredTrustEntry = defineRemediation({
  id: 'remove-expired-trust-entry',
  title: 'Remove expired certificates from the trust store',
  describes:
    'Deletes the expired entries that no machine of the inventory presents or holds as its identity any more. Nothing restarts. An expired certificate is refused when it is imported again, so it cannot be put back.',
  fixes: ['trust-certificate-expired'],
  on: vosProducts,
  sources: [
    cisco.cceSecurity('Delete an expired trust certificate'),
    cisco.uccxCli('set cert delete'),
    cisco.uccxCertificates('Expired certificates: that they are refused', 'inferred'),
  ],
  plan({ machine, findings }, facts) {
    const steps: Step[] = [];
    for (const { subject } of findings) {
      if (subject.scope !== 'store') continue;
      for (const digest of facts.trusted(machine.id, subject.store) ?? []) {
        const certificate = facts.certificate(digest);
        if (certificate === null || certificate.notAfter >= facts.judgedAt) continue;
        const holder = holderOf(digest, facts);
        if (holder !== null) {
          return {
            declined: `${holder} still presents ${certificateTitle(certificate)}: give it another certificate first`,
          };
        }
        const of = certificateTitle(certificate);
        steps.push({
          do: 'remove-certificate',
          via: 'vos',
          on: machine.id,
          store: subject.store,
          sha256: digest,
          of,
        });
      }
    }
    if (steps.length === 0) return { declined: `the stores of ${machine.id} could not be read, or hold none by now` };
    return {
      title: `Remove ${String(steps.length)} expired ${steps.length === 1 ? 'certificate' : 'certificates'} from the trust store of ${machine.id}`,
      steps,
      replaces: [],
      keeps: [],
      irreversible: steps.flatMap((step) =>
        step.do === 'remove-certificate'
          ? [`the entry of ${step.of} on ${machine.id}: a VOS machine refuses an expired certificate`]
          : [],
      ),
    };
  },
});

/** The machine whose identity this is, or that was seen to present it. */
function holderOf(digest: Sha256, facts: PlanningFacts): string | null {
  const holder = facts.inventory.machines.find(
    ({ id, ports }) => facts.unitOf(id, digest) !== null || ports.some((port) => facts.presented(id, port) === digest),
  );
  return holder?.id ?? null;
}
