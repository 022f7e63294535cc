import { createHash } from 'node:crypto';
import type { Machine } from '#model/inventory.ts';
import type { Sha256 } from '#model/names.ts';
import type { Step } from '#model/step.ts';
import { cisco } from '#products/sources.ts';
import { defineRemediation, trustTarget, type Declined, type PlanningFacts } from './define-remediation.ts';
import { clientFiles, noClientFiles } from './planning/client-files.ts';
import { withoutList } from './planning/client-trust.ts';
import { around, handedBy, handOut } from './planning/hand-out.ts';
import { identityFaults, issuerFaults } from './planning/identity-faults.ts';
import { afterIdentityChange } from './planning/restart-steps.ts';
import { bindMade, bindSteps, makeSelfSigned } from './planning/windows-binding.ts';
import { aboutUnit } from './planning/windows-identities.ts';
import { porticoProducts } from './planning/windows-products.ts';

const unit = 'Diagnostic Framework';

export const bindDiagnosticPorticoCertificate = defineRemediation({
  id: 'bind-diagnostic-portico-certificate',
  title: 'Bind the certificate that is meant to Diagnostic Framework Portico',
  describes:
    'By DiagFwCertMgr: unbinds what is bound, binds by thumbprint without hidden characters, validates that binding, store and registry agree, and restarts DiagFwSvc. The certificate is that of the registry where port, binding and registry disagree; else that of IIS where certificates are CA-signed, and a new self-signed one where they are not. Taken back by binding the one before.',
  fixes: ['bound-certificate-differs', ...identityFaults, ...issuerFaults, 'identity-certificate-absent'],
  on: porticoProducts,
  sources: [
    cisco.cceServiceability('DiagFwCertMgr: tasks'),
    cisco.diagnosticFramework('Unbind, bind from the store, validate, restart'),
    cisco.cvpSigned('Diagnostic Framework Portico with the certificate of IIS'),
  ],
  plan(group, facts) {
    const { machine, findings } = group;
    const about = aboutUnit(group, unit, facts);
    if (about.length === 0) return null;
    const replaces = facts.identity(machine.id, unit);
    const isOnlyBound = about.every(({ fault }) => fault === 'bound-certificate-differs');
    const steps = isOnlyBound
      ? boundAgain(machine, facts)
      : machine.certificates === 'ca-signed'
        ? ofIis(machine, { isAtFault: about.length < findings.length }, facts)
        : selfSigned(machine, facts);
    if ('declined' in steps) return steps;
    return {
      title: `Bind the certificate that is meant to Portico of ${machine.id}`,
      steps,
      clears: about,
      replaces: isOnlyBound || replaces === null ? [] : [replaces],
      keeps: facts.reliedOnBy(machine.id).map(trustTarget),
      irreversible: [],
    };
  },
});

/** What DiagFwCertMgr bound last, as the registry notes it: netsh and IIS Manager go behind its back. */
function boundAgain(machine: Machine, facts: PlanningFacts): readonly Step[] | Declined {
  const binding = facts.binding(machine.id, unit);
  const [port = 7890] = facts.portsPresenting(machine.id, unit);
  const known = [facts.presented(machine.id, port), binding?.certificate ?? null].filter((digest) => digest !== null);
  const meant = known.find((digest) => thumbprintOf(digest, facts) === binding?.noted?.toLowerCase());
  if (meant === undefined) {
    return {
      declined: `the certificate that DiagFwCertMgr noted on ${machine.id} is neither presented nor bound: choose one, and bind it by its thumbprint`,
    };
  }
  return [...bindSteps(machine, unit, { from: 'plan', sha256: meant }), ...afterIdentityChange(machine, [unit], facts)];
}

function thumbprintOf(digest: Sha256, facts: PlanningFacts): string | null {
  const certificate = facts.certificate(digest);
  return certificate === null ? null : createHash('sha1').update(certificate.der).digest('hex');
}

/** The signed certificate of the machine serves both; a change before this one may have put it there. */
function ofIis(
  machine: Machine,
  { isAtFault }: { readonly isAtFault: boolean },
  facts: PlanningFacts,
): readonly Step[] | Declined {
  const identity = facts.identity(machine.id, 'IIS');
  if (isAtFault || identity === null)
    return { declined: `IIS of ${machine.id} has no certificate that could serve Portico: replace that first` };
  const handed = handedBy(machine, identity, facts);
  if ('declined' in handed) return handed;
  const handedOut = handOut(machine, handed, facts);
  if ('declined' in handedOut) return handedOut;
  return around(handedOut, noClientFiles, [
    ...bindSteps(machine, unit, { from: 'identity-store', machine: machine.id, unit: 'IIS' }),
    ...afterIdentityChange(machine, [unit], facts),
  ]);
}

function selfSigned(machine: Machine, facts: PlanningFacts): readonly Step[] | Declined {
  const { fqdn } = machine;
  if (fqdn === null)
    return { declined: `the inventory names no FQDN of ${machine.id}, which its certificate must carry` };
  const refused = withoutList(machine, facts);
  if (refused !== null) return { declined: refused };
  // It is no identity of the store before it is bound.
  const certificate = { from: 'made', machine: machine.id, unit } as const;
  const handedOut = handOut(machine, [{ certificate, of: machine.id }], facts);
  if ('declined' in handedOut) return handedOut;
  const clients = clientFiles(machine, certificate, facts.identity(machine.id, unit), facts);
  return [
    makeSelfSigned(machine, unit, fqdn),
    ...around(handedOut, clients, [...bindMade(machine, unit), ...afterIdentityChange(machine, [unit], facts)]),
  ];
}
