import type { Step } from '#model/plan.ts';
import { cisco } from '#products/sources.ts';
import { defineRemediation, trustTarget } from './define-remediation.ts';
import { afterIdentityChange, afterTrustChange } from './restart-steps.ts';

const unit = 'tomcat';

export const regenerateSelfSignedCertificate = defineRemediation({
  id: 'regenerate-self-signed-certificate',
  title: 'Regenerate the self-signed certificate and hand it out again',
  describes:
    'Makes a new key pair and self-signed certificate on the machine, restarts every service that presents it, imports it into the trust store of each machine that relies on it and into the list of each client profile that accepted the old one. The old key cannot be brought back.',
  fixes: ['certificate-expired', 'certificate-expiring'],
  on: ['uccx', 'ccp', 'cucm', 'mediasense'],
  sources: [
    cisco.uccxCertificates('Self-signed certificates that have expired'),
    cisco.uccxCli('set cert regen'),
    cisco.cucmCli('set cert regen'),
    cisco.uccxSubsystems('CCP Configuration: certificates of both sides'),
  ],
  plan({ machine, findings }, facts) {
    if (machine.certificates === 'ca-signed') {
      return {
        declined:
          'the inventory says ca-signed: a regeneration would overwrite the signed certificate; request and upload a new one',
      };
    }
    const identity = facts.identity(machine.id, unit);
    if (identity === null)
      return { declined: `the ${unit} identity of ${machine.id} could not be read over its command line` };
    const presented = new Set(findings.map(({ verdict }) => verdict.certificate));
    if (!presented.has(identity)) {
      return {
        declined: `${machine.id} holds a newer certificate already and presents an older one: restart its services`,
      };
    }

    const certificate = { from: 'identity-store', machine: machine.id, unit } as const;
    const links = facts.reliedOnBy(machine.id);
    const relyingParties = [...new Set(links.map(({ relyingParty }) => relyingParty))];
    const steps: Step[] = [
      { do: 'regenerate-certificate', on: machine.id, unit, replaces: identity },
      ...afterIdentityChange(machine, unit, facts),
      ...relyingParties.flatMap((relyingParty): Step[] => {
        const stores = new Set(
          links.filter((link) => link.relyingParty === relyingParty).map(({ relation }) => relation.store),
        );
        return [
          ...[...stores].map((store): Step => ({
            do: 'import-certificate',
            on: relyingParty.id,
            store,
            certificate,
            of: machine.id,
          })),
          ...afterTrustChange(relyingParty, facts),
        ];
      }),
      ...facts
        .acceptedBy(identity)
        .map(({ client, file }): Step => ({ do: 'write-file', client, path: file, certificate, replaces: identity })),
    ];
    return {
      title: `Regenerate the ${unit} certificate of ${machine.id} and hand it out`,
      steps,
      keeps: links.map(trustTarget),
      irreversible: [
        `the old key pair of ${machine.id}: a VOS machine keeps no copy of it and gives none out`,
        ...(relyingParties.length > 0 && findings.some(({ fault }) => fault === 'certificate-expired')
          ? [
              `the expired entry in the trust stores of ${relyingParties.map(({ id }) => id).join(', ')}: a VOS machine refuses an expired certificate`,
            ]
          : []),
      ],
    };
  },
});
