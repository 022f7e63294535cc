import type { Machine } from '#model/inventory.ts';
import type { Sha256 } from '#model/names.ts';
import type { CertificateReference, Step, StepOf } from '#model/step.ts';
import { listenersOn, storesOn } from '#products/index.ts';
import type { PlanningFacts } from '../define-remediation.ts';
import type { Chain } from './authority-chain.ts';
import { handedAuthorities } from './handed.ts';
import { afterIdentityChange, portsWithin } from './restart-steps.ts';

/** How long a self-signed certificate of Windows is valid, in days: policy checkers flag what is longer; no Cisco document names a figure (inferred). */
const days = 825;

/** The chain of an authority into the stores of Windows, as far as they are known to lack it: a reply whose root is not trusted is not taken. */
export function chainIntoWindows(machine: Machine, chain: Chain, facts: PlanningFacts): Step[] {
  return handedAuthorities(chain, facts).flatMap(({ certificate, of }, at): Step[] => {
    const store = at === 0 ? 'Root' : 'CA';
    const isHeld = certificate.from === 'plan' && entriesInWindows(machine, certificate.sha256, facts).includes(store);
    return isHeld ? [] : [{ do: 'import-certificate', via: 'windows', on: machine.id, store, certificate, of }];
  });
}

/** In which stores of Windows a certificate was seen to lie, as far as those of its products tell: `Root/4f1c…` is one of Root. */
function entriesInWindows(machine: Machine, certificate: Sha256, facts: PlanningFacts): string[] {
  const names = storesOn(machine).flatMap(({ trust }) => facts.entriesOf(machine.id, trust, certificate));
  return names.flatMap((name) => /^([A-Za-z]+)\//.exec(name)?.[1] ?? []);
}

/** A self-signed certificate for an identity, in Personal. */
export function makeSelfSigned(machine: Machine, unit: string, name: string): Step {
  return { do: 'generate-key-pair', via: 'windows', on: machine.id, unit, name, days };
}

/** What was made for an identity, bound to its port. */
export function bindMade(machine: Machine, unit: string): Step[] {
  return bindSteps(machine, unit, { from: 'made', machine: machine.id, unit });
}

/** A certificate bound to the port of an identity; none where the product has no such port. */
export function bindSteps(
  machine: Machine,
  unit: string,
  certificate: CertificateReference,
): StepOf<'windows', 'bind-certificate'>[] {
  const listener = listenersOn(machine).find(({ presents }) => presents === unit);
  if (listener === undefined) return [];
  const by = unit === 'Diagnostic Framework' ? 'DiagFwCertMgr' : 'netsh';
  return [{ do: 'bind-certificate', via: 'windows', on: machine.id, by, unit, port: listener.port, certificate }];
}

/** The restarts that take up what was bound, and the wait for its port, also where nothing was bound to that before. */
export function afterBinding(machine: Machine, unit: string, facts: PlanningFacts): Step[] {
  const steps = afterIdentityChange(machine, [unit], facts);
  const port = listenersOn(machine).find(({ presents }) => presents === unit)?.port;
  if (port === undefined || facts.portsPresenting(machine.id, unit).includes(port)) return steps;
  const isBare = facts.binding(machine.id, unit)?.thumbprint === null;
  const wait: Step = {
    do: 'wait-for',
    via: 'windows',
    on: machine.id,
    ports: [port],
    unit,
    atMost: portsWithin,
    ...(isBare ? { opens: true } : {}),
  };
  return [...steps, wait];
}
