import type { Machine } from '#model/inventory.ts';
import type { Sha256 } from '#model/names.ts';
import type { Step } from '#model/plan.ts';
import { productOf, storesOn } from '#products/index.ts';
import type { Declined, PlanningFacts } from '../define-remediation.ts';
import { chainAbove } from './authority-chain.ts';
import { handedAuthorities, type Handed } from './handed.ts';
import { afterTrustChange } from './restart-steps.ts';
import { windowsImports } from './windows-imports.ts';

/**
 * What a presenter is trusted by: its own certificate where it is its own authority, else the whole chain above it. `presented` is what
 * its port shows, or what it is about to show; it counts only where the presenter's own store holds it.
 */
export function handedBy(
  presenter: Machine,
  presented: Sha256 | null,
  facts: PlanningFacts,
): readonly Handed[] | Declined {
  if (presenter.certificates === 'ca-signed' || presenter.type === 'SCRIPT_TARGET') {
    const chain = presented === null ? null : chainAbove(presented, presenter, facts);
    if (chain !== null) return handedAuthorities(chain, facts);
    return {
      declined: `the chain above the certificate of ${presenter.id} is not known: name its authority in the inventory, with the PEM file of its root and intermediates`,
    };
  }
  if (presented !== null && facts.unitOf(presenter.id, presented) !== null) {
    return [{ certificate: { from: 'plan', sha256: presented }, of: presenter.id }];
  }
  const units = storesOn(presenter).map(({ identity }) => identity);
  const unread = units.find((unit) => facts.identity(presenter.id, unit) === null) ?? null;
  return {
    declined:
      unread !== null
        ? `the ${unread} identity of ${presenter.id} could not be read over its command line; what the wire shows is no reason to trust it`
        : `${presenter.id} presents another certificate than its own store holds: restart its services first`,
  };
}

/** Certificates into the trust store of one machine, in this order; those it was seen to hold are left out. No restarts. */
export function importSteps(
  relyingParty: Machine,
  store: string,
  handed: readonly Handed[],
  facts: PlanningFacts,
): Step[] | Declined {
  if (productOf(relyingParty.type).platform === 'windows') return windowsImports(relyingParty, store, handed, facts);
  const held = facts.trusted(relyingParty.id, store);
  const missing = handed.filter(
    ({ certificate }) => certificate.from !== 'plan' || held?.includes(certificate.sha256) !== true,
  );
  if (missing.length === 0) return [];
  return missing.map(({ certificate, of }) => ({
    do: 'import-certificate',
    via: 'vos',
    on: relyingParty.id,
    store,
    certificate,
    of,
  }));
}

/** Certificates of a presenter into the stores of every machine that relies on it, each followed by the restarts that take them up. */
export function handOut(presenter: Machine, handed: readonly Handed[], facts: PlanningFacts): Step[] | Declined {
  const links = Map.groupBy(facts.reliedOnBy(presenter.id), ({ relyingParty }) => relyingParty);
  const steps: Step[] = [];
  for (const [relyingParty, to] of links) {
    const own: Step[] = [];
    const changed: string[] = [];
    for (const store of new Set(to.map(({ relation }) => relation.store))) {
      const imports = importSteps(relyingParty, store, handed, facts);
      if ('declined' in imports) return imports;
      own.push(...imports);
      if (imports.length > 0) changed.push(store);
    }
    if (own.length > 0) steps.push(...own, ...afterTrustChange(relyingParty, changed, facts));
  }
  return steps;
}
