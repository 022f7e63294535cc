import type { FaultId } from '#faults/index.ts';
import type { PresentFinding } from '#model/finding.ts';
import type { Machine } from '#model/inventory.ts';
import type { Step } from '#model/step.ts';
import { cisco } from '#products/sources.ts';
import { defineRemediation, trustTarget, type PlanningFacts } from './define-remediation.ts';
import { clientFilesOfSigned, together } from './planning/client-files.ts';
import { domainFirst } from './planning/domain-step.ts';
import { around, handOut, importSteps } from './planning/hand-out.ts';
import { handedAuthorities } from './planning/handed.ts';
import { identityFaults, issuerFaults } from './planning/identity-faults.ts';
import { identitiesFound, type FoundIdentity } from './planning/identities-found.ts';
import { isOverwritten } from './planning/overwritten.ts';
import { afterIdentityChange } from './planning/restart-steps.ts';
import { signingAuthority } from './planning/signing-authority.ts';
import { vosProducts } from './planning/vos-products.ts';

/** Ports with another certificate than the store: a fault of the store, where that was overwritten. */
const olderPresented = [
  'ports-present-different-certificates',
  'previous-certificate-presented',
  'presented-differs-from-store',
] as const satisfies readonly FaultId[];

export const replaceWithCaSignedCertificate = defineRemediation({
  id: 'replace-with-ca-signed-certificate',
  title: 'Have the certificate signed anew by the certification authority',
  describes:
    'Gives the whole chain of the authority, root first, to the machine, and to each machine that relies on it and does not trust the authority yet; makes a new key pair and a request on the machine, has the authority answer it, checks the answer against request, name and chain before anything is uploaded, puts it in place and restarts every service that presents it. The key pair before it cannot be brought back.',
  fixes: [...identityFaults, ...issuerFaults, ...olderPresented],
  on: vosProducts,
  sources: [
    cisco.uccxCertificates('Signed certificates'),
    cisco.uccxFinesse('Obtain and upload a CA certificate: restart both nodes'),
    cisco.uccxCli('set csr gen, set cert import own'),
    cisco.cucmCaSigned('tomcat'),
    cisco.uccxCertificates('CSR SAN and Certificate SAN does not match: an empty Parent Domain'),
  ],
  plan({ machine, findings: found }, facts) {
    if (machine.certificates !== 'ca-signed') return null;
    const overwritten = isOverwritten(machine, facts);
    const findings = overwritten ? found : found.filter(({ fault }) => !olderPresented.some((id) => id === fault));
    if (findings.length === 0) return null;
    const signing = signingAuthority(machine, facts);
    if ('declined' in signing) return signing;
    const { authority, chain } = signing;
    const identities = overwritten
      ? overwrittenOf(machine, findings, facts)
      : identitiesFound(machine, findings, facts);
    if ('declined' in identities) return identities;
    const handed = handedAuthorities(chain, facts);
    const own = importSteps(machine, 'tomcat-trust', handed, facts);
    if ('declined' in own) return own;
    const handedOut = handOut(machine, handed, facts);
    if ('declined' in handedOut) return handedOut;
    const units = identities.map(({ unit }) => unit);
    const parentDomain = authority.changesNames === true ? 'empty' : 'as filled in';
    const clients = identities.map(({ unit, identity }) =>
      clientFilesOfSigned(machine, { from: 'reply', machine: machine.id, unit }, identity, facts),
    );
    const domain = domainFirst(machine, findings);
    const steps: Step[] = [
      ...domain.steps,
      // Who relies on the machine trusts the authority before the machine presents what it signed.
      ...handedOut.ahead,
      ...own,
      ...identities.flatMap(({ unit, identity }): Step[] => {
        const vos = { via: 'vos', on: machine.id, unit } as const;
        return [
          { do: 'generate-request', ...vos, parentDomain, replaces: facts.request(machine.id, unit) },
          { do: 'obtain-reply', via: 'here', for: machine.id, unit, authority: authority.id },
          { do: 'import-reply', ...vos, replaces: identity },
        ];
      }),
      ...around({ ...handedOut, ahead: [] }, together(clients), afterIdentityChange(machine, units, facts)),
    ];
    const waiting = units.filter((unit) => facts.request(machine.id, unit) !== null);
    return {
      clears: findings,
      title: `Have ${authority.id} sign a new ${units.join(' and ')} certificate for ${machine.id}`,
      steps,
      replaces: [
        ...identities.map(({ identity }) => identity),
        ...(overwritten ? facts.openPorts(machine.id).flatMap((port) => facts.presented(machine.id, port) ?? []) : []),
      ],
      keeps: facts.reliedOnBy(machine.id).map(trustTarget),
      irreversible: [
        ...domain.irreversible,
        `the key pair that ${machine.id} has now: a VOS machine keeps no copy of it and gives none out`,
        ...waiting.map((unit) => `the ${unit} request that waits on ${machine.id} now: a new one takes its place`),
      ],
    };
  },
});

/** What the store holds in place of the signed certificate, and what else is at fault. */
function overwrittenOf(
  machine: Machine,
  findings: readonly PresentFinding[],
  facts: PlanningFacts,
): readonly FoundIdentity[] {
  const others = identitiesFound(machine, findings, facts);
  const identity = facts.identity(machine.id, 'tomcat');
  const own = identity === null ? [] : [{ unit: 'tomcat', identity }];
  return 'declined' in others ? own : [...own, ...others.filter(({ unit }) => unit !== 'tomcat')];
}
