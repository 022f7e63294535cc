import type { PresentFinding } from '#model/finding.ts';
import type { Machine } from '#model/inventory.ts';
import type { Sha256 } from '#model/names.ts';
import type { Declined, PlanningFacts } from '../define-remediation.ts';

/** An identity of a machine that something was found about. */
export interface FoundIdentity {
  readonly unit: string;
  readonly identity: Sha256;
}

/** The identities that the findings are about, as the machine's own stores hold them. */
export function identitiesFound(
  machine: Machine,
  findings: readonly PresentFinding[],
  facts: PlanningFacts,
): readonly [FoundIdentity, ...FoundIdentity[]] | Declined {
  const found = new Map<string, Sha256>();
  for (const { verdict, subject } of findings) {
    // What is wrong may be an issuer's certificate: then the identity is what the port presents below it.
    const presented = subject.scope === 'endpoint' ? facts.presented(machine.id, subject.port) : null;
    for (const identity of [verdict.certificate ?? null, presented]) {
      const unit = identity === null ? null : facts.unitOf(machine.id, identity);
      if (identity === null || unit === null) continue;
      found.set(unit, identity);
      break;
    }
  }
  const [first, ...others] = [...found].map(([unit, identity]) => ({ unit, identity }));
  if (first !== undefined) return [first, ...others];
  if (facts.identity(machine.id, 'tomcat') === null)
    return { declined: `the tomcat identity of ${machine.id} could not be read over its command line` };
  return {
    declined: `${machine.id} holds another certificate already than the one at fault, which it presents: restart its services`,
  };
}
