import type { Machine } from '#model/inventory.ts';
import type { Step } from '#model/step.ts';
import { cisco } from '#products/sources.ts';
import { defineRemediation, trustTarget, type Declined, type PlanningFacts } from './define-remediation.ts';
import { clientFiles, noClientFiles } from './planning/client-files.ts';
import { withoutList } from './planning/client-trust.ts';
import { around, handOut } from './planning/hand-out.ts';
import { handedAuthorities } from './planning/handed.ts';
import { identityFaults, issuerFaults } from './planning/identity-faults.ts';
import { signingAuthority } from './planning/signing-authority.ts';
import { afterBinding, bindMade, bindSteps, chainIntoWindows, makeSelfSigned } from './planning/windows-binding.ts';
import { aboutUnit } from './planning/windows-identities.ts';
import { windowsProducts } from './planning/windows-products.ts';

const unit = 'IIS';

export const replaceIisCertificate = defineRemediation({
  id: 'replace-iis-certificate',
  title: 'Give IIS a new certificate, signed where the inventory says so',
  describes:
    'Where certificates are CA-signed: root and intermediates into the stores of Windows, a request by certreq with the FQDN as subjectAltName, answered by the authority and put to its key; else a self-signed one. Binds it to 443 by its thumbprint, where IIS has no https yet with a binding of the site, restarts the World Wide Web Publishing Service, and hands out what peers have to trust. Taken back by binding the one before; the new one is deleted.',
  fixes: [...identityFaults, ...issuerFaults, 'identity-certificate-absent', 'service-not-listening'],
  on: windowsProducts,
  sources: [
    cisco.cceIis('Certificate request, completion, binding, restart'),
    cisco.cvpSigned('IIS of CCE: root into the store of Windows first'),
    cisco.pcceCertificates('ECE web server: self-signed certificate in IIS, bound to https'),
    cisco.cceIis('Request by certreq with subjectAltName, which IIS Manager does not ask for', 'inferred'),
  ],
  plan(group, facts) {
    const { machine } = group;
    const about = aboutUnit(group, unit, facts);
    if (about.length === 0) return null;
    const binding = facts.binding(machine.id, unit);
    if (about.every(({ fault }) => fault === 'service-not-listening') && binding?.thumbprint !== null)
      return {
        declined:
          binding === null
            ? `what IIS of ${machine.id} has bound could not be read over its command line`
            : `IIS of ${machine.id} has a certificate bound to 443: see whether World Wide Web Publishing Service runs, and its site`,
      };
    const { fqdn } = machine;
    if (fqdn === null)
      return { declined: `the inventory names no FQDN of ${machine.id}, which its certificate must carry` };
    const steps =
      machine.certificates === 'ca-signed' ? signed(machine, fqdn, facts) : selfSigned(machine, fqdn, facts);
    if ('declined' in steps) return steps;
    // Where the store has lost it, its port may go on with it.
    const shown = facts.portsPresenting(machine.id, unit).map((port) => facts.presented(machine.id, port));
    const old = new Set([facts.identity(machine.id, unit), ...shown].filter((digest) => digest !== null));
    return {
      title:
        binding?.thumbprint === null
          ? `Give IIS on ${machine.id} a certificate, and bind it to https`
          : `Replace the certificate of IIS on ${machine.id}`,
      steps,
      clears: about,
      replaces: [...old],
      keeps: facts.reliedOnBy(machine.id).map(trustTarget),
      irreversible:
        facts.identity(machine.id, unit) === null && binding?.thumbprint !== null
          ? [`the binding of IIS on ${machine.id}: it names a certificate that is no longer in its store`]
          : [],
    };
  },
});

function selfSigned(machine: Machine, name: string, facts: PlanningFacts): readonly Step[] | Declined {
  const refused = withoutList(machine, facts);
  if (refused !== null) return { declined: refused };
  // It is no identity of the store before it is bound.
  const certificate = { from: 'made', machine: machine.id, unit } as const;
  const handedOut = handOut(machine, [{ certificate, of: machine.id }], facts);
  if ('declined' in handedOut) return handedOut;
  const [port = 443] = facts.portsPresenting(machine.id, unit);
  const clients = clientFiles(machine, certificate, facts.presented(machine.id, port), facts);
  return [
    makeSelfSigned(machine, unit, name),
    ...around(handedOut, clients, [...bindMade(machine, unit), ...afterBinding(machine, unit, facts)]),
  ];
}

function signed(machine: Machine, name: string, facts: PlanningFacts): readonly Step[] | Declined {
  const signing = signingAuthority(machine, facts);
  if ('declined' in signing) return signing;
  const { authority, chain } = signing;
  const handed = handedAuthorities(chain, facts);
  const handedOut = handOut(machine, handed, facts);
  if ('declined' in handedOut) return handedOut;
  const windows = { via: 'windows', on: machine.id, unit } as const;
  return [
    ...handedOut.ahead,
    ...chainIntoWindows(machine, chain, facts),
    { do: 'generate-request', ...windows, name },
    { do: 'obtain-reply', via: 'here', for: machine.id, unit, authority: authority.id },
    { do: 'import-reply', ...windows },
    ...around({ ...handedOut, ahead: [] }, noClientFiles, [
      ...bindSteps(machine, unit, { from: 'reply', machine: machine.id, unit }),
      ...afterBinding(machine, unit, facts),
    ]),
  ];
}
