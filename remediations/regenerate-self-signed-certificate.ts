import type { Step } from '#model/step.ts';
import { cisco } from '#products/sources.ts';
import type { Certificate } from '#x509/certificate.ts';
import { defineRemediation, trustTarget } from './define-remediation.ts';
import { clientFiles, together } from './planning/client-files.ts';
import { withoutList } from './planning/client-trust.ts';
import { domainFirst } from './planning/domain-step.ts';
import { around, handOut } from './planning/hand-out.ts';
import type { Handed } from './planning/handed.ts';
import { identityFaults } from './planning/identity-faults.ts';
import { identitiesFound } from './planning/identities-found.ts';
import { afterIdentityChange } from './planning/restart-steps.ts';
import { vosProducts } from './planning/vos-products.ts';

export const regenerateSelfSignedCertificate = defineRemediation({
  id: 'regenerate-self-signed-certificate',
  title: 'Regenerate the self-signed certificate and hand it out again',
  describes:
    'Makes a new key pair and self-signed certificate on the machine, gives it to the trust store of each machine that relies on it and to the list of each client profile that accepted the old one, and then restarts every service that presents it. Where a store keeps the old one beside it, who reads that store is restarted before; a VOS store keeps one certificate of a name, and who reads it is restarted right behind. The old key cannot be brought back. Where the certificate has another domain a person sees first that the machine has the new one.',
  fixes: identityFaults,
  on: vosProducts,
  sources: [
    cisco.uccxCertificates('Self-signed certificates that have expired'),
    cisco.uccxCertificates('DNS and domain: certificates after the domain changed'),
    cisco.uccxCli('set cert regen'),
    cisco.cucmCli('set cert regen'),
    cisco.uccxSubsystems('CCP Configuration: certificates of both sides'),
  ],
  plan({ machine, findings }, facts) {
    // A regeneration would overwrite the signed certificate.
    if (machine.certificates === 'ca-signed') return null;
    const identities = identitiesFound(machine, findings, facts);
    if ('declined' in identities) return identities;
    const refused = withoutList(machine, facts);
    if (refused !== null) return { declined: refused };
    const handed: Handed[] = identities.map(({ unit }) => ({
      certificate: { from: 'identity-store', machine: machine.id, unit },
      of: machine.id,
    }));
    const handedOut = handOut(machine, handed, facts);
    if ('declined' in handedOut) return handedOut;
    const units = identities.map(({ unit }) => unit);
    const clients = identities.map(({ unit, identity }) =>
      clientFiles(machine, { from: 'identity-store', machine: machine.id, unit }, identity, facts),
    );
    const domain = domainFirst(machine, findings);
    const steps: Step[] = [
      ...domain.steps,
      ...identities.map(({ unit, identity }): Step => ({
        do: 'regenerate-certificate',
        via: 'vos',
        on: machine.id,
        unit,
        replaces: identity,
      })),
      ...around(handedOut, together(clients), afterIdentityChange(machine, units, facts)),
    ];
    const relyingParties = [...new Set(facts.reliedOnBy(machine.id).map(({ relyingParty }) => relyingParty.id))];
    return {
      title: `Regenerate the ${units.join(' and ')} certificate of ${machine.id} and hand it out`,
      steps,
      replaces: identities.map(({ identity }) => identity),
      keeps: facts.reliedOnBy(machine.id).map(trustTarget),
      irreversible: [
        ...domain.irreversible,
        `the old key pair of ${machine.id}: a VOS machine keeps no copy of it and gives none out`,
        ...(relyingParties.length === 0
          ? []
          : identities.flatMap(({ identity }) => {
              const refused = refusedBecause(facts.certificate(identity), facts.judgedAt);
              if (refused === null) return [];
              return [
                `the old entry in the trust stores of ${relyingParties.join(', ')}: a VOS machine refuses ${refused}`,
              ];
            })),
      ],
    };
  },
});

/** Why a VOS machine would not take the certificate into a trust store again (technotes 116001, 200641). */
function refusedBecause(certificate: Certificate | null, now: Date): string | null {
  if (certificate === null) return 'what cannot be read';
  if (certificate.notAfter < now) return 'an expired certificate';
  const { publicKey } = certificate;
  return publicKey.type === 'rsa' && publicKey.bits !== null && publicKey.bits < 2048
    ? `a key of ${String(publicKey.bits)} bits`
    : null;
}
